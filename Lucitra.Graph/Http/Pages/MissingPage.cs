namespace Lucitra.Graph.Http.Pages;

/// <summary>What stands in place of a page that the build had no Node.js for.</summary>
internal static class MissingPage
{
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="title">The title in the browser's bar.</param>
    /// <param name="content">HTML from the heading on.</param>
    public static Task WriteAsync(HttpContext context, string title, string content)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return response.WriteAsync(
            $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{title}}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
            pre { overflow-x: auto; padding: 1rem; border: 1px solid; border-radius: .25rem; }
            </style>
            </head>
            <body>
            <main>
            {{content}}
            </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }
}
