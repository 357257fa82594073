using System.CommandLine;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Commands;

/// <summary>The options that say which stored events a command is about. All that are given hold.</summary>
internal sealed class EventFilter
{
    private readonly List<Func<ParseResult, IQueryable<WebhookEvent>, IQueryable<WebhookEvent>>> _conditions = [];
    private readonly List<Option> _options = [];

    public EventFilter()
    {
        Add(
            new Option<WebhookEventStatus[]>("--status") { Description = "RECEIVED, APPLIED, SUPERSEDED, IGNORED or DEAD; several may be given.", AllowMultipleArgumentsPerToken = true },
            (rows, statuses) => rows.Where(row => statuses.Contains(row.Status)));
        Add(new Option<string>("--type") { Description = "The object type, such as contact." }, (rows, type) => rows.Where(row => row.ObjectType == type));
        Add(new Option<string>("--kind") { Description = "The kind, such as propertyChange." }, (rows, kind) => rows.Where(row => row.Kind == kind));
        Add(new Option<long>("--portal") { Description = "The HubSpot account." }, (rows, portal) => rows.Where(row => row.PortalId == portal));
        Add(new Option<long>("--object") { Description = "HubSpot's id of the record." }, (rows, id) => rows.Where(row => row.ObjectId == id));
        Add(new Option<DateTimeOffset>("--since") { Description = "Received at this time or later, such as 2026-11-24T08:00:00Z." }, (rows, since) =>
        {
            var from = since.UtcDateTime;
            return rows.Where(row => row.ReceivedAt >= from);
        });
        Add(new Option<DateTimeOffset>("--until") { Description = "Received before this time." }, (rows, until) =>
        {
            var to = until.UtcDateTime;
            return rows.Where(row => row.ReceivedAt < to);
        });
        Add(new Option<string>("--reason-contains") { Description = "The reason contains this text." }, (rows, text) => rows.Where(row => row.Reason!.Contains(text)));
        Add(new Option<string[]>("--id") { Description = "The id, as GraphQL or the table has it; several may be given.", AllowMultipleArgumentsPerToken = true }, (rows, texts) =>
        {
            var ids = texts.Select(IdOf).ToList();
            return rows.Where(row => ids.Contains(row.Id));
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in _options)
            command.Add(option);
    }

    /// <summary>Whether any of the options is given.</summary>
    public bool IsGiven(ParseResult parsed) => _options.Exists(option => parsed.GetResult(option) is not null);

    /// <summary>The options as they were given.</summary>
    public string Text(ParseResult parsed) =>
        string.Join(' ', _options.Where(option => parsed.GetResult(option) is not null).Select(option => $"{option.Name} {string.Join(' ', parsed.GetResult(option)!.Tokens)}"));

    public IQueryable<WebhookEvent> Keep(ParseResult parsed, IQueryable<WebhookEvent> rows) =>
        _conditions.Aggregate(rows, (kept, condition) => condition(parsed, kept));

    private static Guid IdOf(string text)
    {
        try
        {
            return Guid.TryParse(text, out var id) ? id : (Guid)NodeIds.For(nameof(WebhookEvent), typeof(Guid)).Parse(text);
        }
        catch (CodedError)
        {
            throw new InvalidSettingException($"--id is '{text}', which is no id of an event.");
        }
    }

    private void Add<T>(Option<T> option, Func<IQueryable<WebhookEvent>, T, IQueryable<WebhookEvent>> keep)
    {
        _options.Add(option);
        _conditions.Add((parsed, rows) => parsed.GetResult(option) is null ? rows : keep(rows, parsed.GetValue(option)!));
    }
}
