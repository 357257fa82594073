using System.ComponentModel.DataAnnotations;
using Lucitra.Graph.Schema.Costs;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Limits of the GraphQL server, in configuration section <c>GraphQL</c>.</summary>
public sealed class GraphQLOptions
{
    public const string Section = "GraphQL";

    /// <summary>Largest request body, WebSocket message or document, in bytes. Default 1 MiB; 1 KiB to 64 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Most tokens (names, values, punctuation) in one document. Default 8192; 100 to 100000.</summary>
    [Range(100, 100_000)]
    public int MaxTokens { get; set; } = 8192;

    /// <summary>
    /// Most fields and fragment spreads in one document after every fragment is expanded. Default 1000; 100 to 10000.
    /// The standard introspection query needs about 200.
    /// </summary>
    [Range(100, LimitOptions.MostFields)]
    public int MaxFields { get; set; } = 1000;

    /// <summary>Most fragment definitions in one document; each pair of them may be compared. Default 100; 10 to 500.</summary>
    [Range(10, LimitOptions.MostFragments)]
    public int MaxFragments { get; set; } = 100;

    /// <summary>Deepest nesting of fields after fragments are expanded. Default 24; 16 (introspection needs it) to 64.</summary>
    [Range(16, LimitOptions.MostDepth)]
    public int MaxDepth { get; set; } = 24;

    /// <summary>Most directives written in one document. Default 100; 10 to 1000.</summary>
    [Range(10, LimitOptions.MostDirectives)]
    public int MaxDirectives { get; set; } = 100;

    /// <summary>
    /// Most aliases in one document after every fragment is expanded; each may run the same field again.
    /// Default 50; 1 to 1000.
    /// </summary>
    [Range(1, LimitOptions.MostAliases)]
    public int MaxAliases { get; set; } = 50;

    /// <summary>
    /// Most pairs of fields with the same name in the answer that validation may have to compare: a field written n
    /// times makes n(n-1)/2 of them. Default 5000, a field 100 times; 100 to 500000.
    /// </summary>
    [Range(100, LimitOptions.MostRepeatedPairs)]
    public int MaxRepeatedPairs { get; set; } = 5000;

    /// <summary>How much one operation may cost.</summary>
    [ValidateObjectMembers]
    public CostOptions Cost { get; set; } = new();

    /// <summary>Whether documents over a limit are refused or only reported.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>
    /// Most operations in one HTTP request, by an array of requests or of variables; they run one after the other and
    /// each counts against the other limits. Default 20; 1 (no batches) to 1000.
    /// </summary>
    [Range(1, 1000)]
    public int MaxBatchSize { get; set; } = 20;

    /// <summary>Most errors in one response; one more entry tells how many were left out. Default 50; 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MaxErrors { get; set; } = 50;

    /// <summary>
    /// Whether clients may read the schema: with <c>__schema</c> and <c>__type</c>, as text, and in what validation
    /// suggests for a misspelt name. Default: everywhere but in Production.
    /// </summary>
    public bool? AllowIntrospection { get; set; }

    /// <summary>
    /// Memory for parsed and validated documents, in estimated bytes; the least recently used go first.
    /// Default 32 MiB; 0 (no cache) to 1 GiB.
    /// </summary>
    [Range(0, 1024 * 1024 * 1024)]
    public int DocumentCacheBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Memory for documents that clients name by hash (Apollo's automatic persisted queries), in estimated bytes; the
    /// least recently used go first, and their clients send them again. Default 8 MiB; 0 (none kept) to 1 GiB.
    /// </summary>
    [Range(0, 1024 * 1024 * 1024)]
    public int PersistedQueryBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Whether clients may write their own documents, and which ones they may name instead.</summary>
    public TrustedDocumentOptions TrustedDocuments { get; set; } = new();

    /// <summary>
    /// Longest execution of a query or mutation, and longest start of a subscription. Default 30 seconds;
    /// 100 milliseconds to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most operations running at once on one WebSocket. Default 100; 1 to 10000.</summary>
    [Range(1, 10_000)]
    public int MaxSubscriptionsPerConnection { get; set; } = 100;

    /// <summary>
    /// Most subscriptions of one caller over all its WebSockets and event streams in one process. Default 500;
    /// 1 to 100000.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxSubscriptionsPerCaller { get; set; } = 500;

    /// <summary>Time a WebSocket client has to send <c>connection_init</c>. Default 10 seconds; 100 ms to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectionInitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time between pings on a WebSocket and between comments on an idle event stream; a WebSocket that leaves a
    /// ping frame unanswered for as long again is dropped. Default 12 seconds; 100 ms to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// Events one subscription may be ahead of its client. One more ends the stream: the WebSocket closes with
    /// 4008, an event stream is cut. Default 256; 1 to 100000.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxBufferedMessages { get; set; } = 256;

    /// <summary>Longest time one WebSocket message may take to leave; a slower client is dropped. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Origins (such as <c>https://app.example.com</c>) besides the server's own whose pages may open a WebSocket.
    /// Default none.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];
}
