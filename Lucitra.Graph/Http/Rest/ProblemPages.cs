using System.Net;
using GraphQL.Types;

namespace Lucitra.Graph.Http.Rest;

/// <summary>The pages that the <c>type</c> of a problem leads to: what each code means.</summary>
internal sealed class ProblemPages(ISchema schema)
{
    public const string Route = "/problems";

    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

    public Task WriteListAsync(HttpContext context)
    {
        var items = Meanings().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
            $"<dt><a href=\"{Route}/{Encode(entry.Key)}\"><code>{Encode(entry.Key)}</code></a></dt><dd>{Encode(entry.Value)}</dd>");
        return WriteAsync(context, "Problems", $"<dl>{string.Concat(items)}</dl>");
    }

    public Task WriteAsync(HttpContext context, string code)
    {
        if (!Meanings().TryGetValue(code, out var meaning))
            return RestProblem.WriteNotFoundAsync(context);

        return WriteAsync(context, ProblemTitles.Of(code), $"""
            <p><code>{Encode(code)}</code></p>
            <p>{Encode(meaning)}</p>
            <p>The answer's <code>detail</code> and <code>errors</code> say what to change; with its <code>traceId</code> an
            operator finds the request in the log. <a href="{Route}">All problems</a></p>
            """);
    }

    private Dictionary<string, string> Meanings()
    {
        schema.Initialize();
        var rules = schema.AllTypes.OfType<IObjectGraphType>()
            .Where(type => type.ResolvedInterfaces.Any(contract => contract.Name == "Error"))
            .ToDictionary(type => type.Name, type => type.Description ?? "");
        foreach (var code in ProblemTitles.Codes)
            rules[code] = ProblemTitles.MeaningOf(code) ?? "";
        return rules;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static Task WriteAsync(HttpContext context, string title, string body)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return context.Response.WriteAsync($$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Encode(title)}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
            </style>
            </head>
            <body>
            <main>
            <h1>{{Encode(title)}}</h1>
            {{body}}
            </main>
            </body>
            </html>
            """, context.RequestAborted);
    }
}
