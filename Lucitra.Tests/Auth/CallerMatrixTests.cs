using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Auth;

/// <summary>Who may do what, by every way in. What is printed here is the promise of docs/auth.md.</summary>
public sealed class CallerMatrixTests
{
    private static readonly (string Name, Func<LucitraApp, string?, Task<string>> Run)[] _operations =
    [
        ("contacts", (app, caller) => QueryAsync(app, caller, "{ contacts { nodes { email } } }")),
        ("by email", (app, caller) => QueryAsync(app, caller, """{ contacts(where: { email: { eq: "ada@northwharf.example" } }) { totalCount } }""")),
        ("deals", (app, caller) => QueryAsync(app, caller, "{ deals { totalCount } }")),
        ("write", (app, caller) => QueryAsync(app, caller, """mutation { createDeal(input: { name: "Engine" }) { errors { __typename } } }""")),
        ("webhooks", (app, caller) => QueryAsync(app, caller, "{ webhookEvents { totalCount } }")),
        ("users", (app, caller) => QueryAsync(app, caller, "{ users { totalCount } apiKeys { totalCount } auditEntries { totalCount } }")),
        ("me", (app, caller) => QueryAsync(app, caller, "{ me { name } }")),
        ("REST read", (app, caller) => RestAsync(app, caller, HttpMethod.Get, "/api/v1/contacts", null)),
        ("REST write", (app, caller) => RestAsync(app, caller, HttpMethod.Post, "/api/v1/deals", new { name = "Engine" })),
        ("WebSocket", SocketAsync),
        ("stream", StreamAsync),
        ("login", (app, caller) => QueryAsync(app, caller, """mutation { login(input: { email: "nobody@northwharf.example", password: "x" }) { errors { __typename } } }""")),
    ];

    [SkippableTheory, BothDatabases]
    public async Task Callers_may_do_what_the_matrix_says(string database)
    {
        await using var app = await StartAsync(database, []);
        foreach (var role in new[] { "VIEWER", "EDITOR", "ADMIN" })
            await app.AddUserAsync($"{role}@northwharf.example", role);
        var gone = await app.AddUserAsync("gone@northwharf.example", "ADMIN");
        var disabled = await app.TokenOfAsync("gone@northwharf.example");
        await app.QueryAsync($$"""mutation { disableUser(input: { id: "{{gone}}" }) { errors { __typename } } }""");
        var ended = await app.TokenOfAsync("admin@northwharf.example");
        await app.AsAsync(ended, "mutation { logout(input: {}) { signedOut { sessions } } }");
        var (revokedId, revoked) = await app.AddKeyAsync("contacts:read", "deals:read");
        await app.RevokeKeyAsync(revokedId);
        var (expiredId, expired) = await app.AddKeyAsync("contacts:read", "deals:read");
        await app.QueryAsync($$"""mutation { rotateApiKey(input: { id: "{{expiredId}}", overlapMinutes: 0 }) { errors { __typename } } }""");

        Assert.Equal(
            """
            caller          | contacts | by email | deals | write | webhooks | users | me   | REST read | REST write | WebSocket | stream | login
            nobody          | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            viewer          | masked   | no       | ok    | no    | no       | no    | ok   | masked    | 403        | ok        | ok     | ok
            editor          | ok       | ok       | ok    | ok    | no       | no    | ok   | ok        | 201        | ok        | ok     | ok
            admin           | ok       | ok       | ok    | ok    | ok       | ok    | ok   | ok        | 201        | ok        | ok     | ok
            key, deals:read | no       | no       | ok    | no    | no       | no    | ok   | 403       | 403        | ok        | ok     | ok
            key, contacts   | masked   | no       | no    | no    | no       | no    | ok   | masked    | 403        | no        | no     | ok
            key in settings | ok       | ok       | ok    | ok    | ok       | ok    | ok   | ok        | 201        | ok        | ok     | ok
            expired key     | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            revoked key     | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            disabled user   | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            ended session   | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            """,
            await MatrixAsync(app,
            [
                ("nobody", null),
                ("viewer", await app.TokenOfAsync("viewer@northwharf.example")),
                ("editor", await app.TokenOfAsync("editor@northwharf.example")),
                ("admin", await app.TokenOfAsync("admin@northwharf.example")),
                ("key, deals:read", (await app.AddKeyAsync("deals:read")).Key),
                ("key, contacts", (await app.AddKeyAsync("contacts:read")).Key),
                ("key in settings", LucitraApp.ApiKey),
                ("expired key", expired),
                ("revoked key", revoked),
                ("disabled user", disabled),
                ("ended session", ended),
            ]));
        Assert.Empty(app.Errors.Errors);
    }

    [Fact]
    public async Task Tokens_of_an_external_issuer_count_in_place_of_those_from_here()
    {
        await using var issuer = await OpenIdIssuer.StartAsync();
        await using var local = await StartAsync(TestDatabase.Sqlite, []);
        await local.AddUserAsync("ada@northwharf.example", "ADMIN");
        var token = await local.TokenOfAsync("ada@northwharf.example");
        await using var app = await StartAsync(TestDatabase.Sqlite, new() { ["Auth:Authority"] = issuer.Address, ["Auth:Audience"] = "lucitra-api" });

        Assert.Equal(
            """
            caller          | contacts | by email | deals | write | webhooks | users | me   | REST read | REST write | WebSocket | stream | login
            role viewer     | masked   | no       | ok    | no    | no       | no    | ok   | masked    | 403        | ok        | ok     | ok
            two scopes      | no       | no       | ok    | ok    | no       | no    | ok   | 403       | 201        | ok        | ok     | ok
            no scopes       | no       | no       | no    | no    | no       | no    | ok   | 403       | 403        | no        | no     | ok
            other audience  | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            expired         | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            other key       | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            from here       | 401      | 401      | 401   | 401   | 401      | 401   | 401  | 401       | 401        | 4403      | 401    | ok
            """,
            await MatrixAsync(app,
            [
                ("role viewer", issuer.Token(new() { ["roles"] = new[] { "viewer", "unknown" } })),
                ("two scopes", issuer.Token(new() { ["scope"] = "openid deals:read deals:write" })),
                ("no scopes", issuer.Token([])),
                ("other audience", issuer.Token(new() { ["roles"] = "admin" }, audience: "another-api")),
                ("expired", issuer.Token(new() { ["roles"] = "admin" }, age: TimeSpan.FromHours(2))),
                ("other key", issuer.Token(new() { ["roles"] = "admin" }, ownKey: false)),
                ("from here", token),
            ]));
        Assert.Equal("LocalSignInDisabledError", (await app.LoginAsync("ada@northwharf.example")).ErrorType());
        var me = await app.AsAsync(issuer.Token(new() { ["name"] = "Ada" }), "{ me { subject kind name } }");
        Assert.Equal("""{"subject":"external:1234","kind":"EXTERNAL","name":"Ada"}""", me.Body.At("data.me").GetRawText());
    }

    [Fact]
    public async Task While_the_external_issuer_is_away_callers_are_asked_to_wait()
    {
        await using var issuer = await OpenIdIssuer.StartAsync();
        var token = issuer.Token(new() { ["roles"] = "admin" });
        await issuer.DisposeAsync();
        await using var app = await StartAsync(TestDatabase.Sqlite, new() { ["Auth:Authority"] = issuer.Address, ["Auth:Audience"] = "lucitra-api" });

        Assert.Equal(503, (await app.AsAsync(token, "{ me { name } }")).Status);
    }

    // Where tokens come from elsewhere the key in the settings still counts.
    private static Task<JsonElement> MakeDealAsync(LucitraApp app) =>
        app.QueryAsync("""mutation { createDeal(input: { name: "Stream" }) { errors { __typename } } }""");

    private static async Task<LucitraApp> StartAsync(string database, Dictionary<string, string?> settings)
    {
        var app = await LucitraApp.StartAsync(database, settings);
        await app.AddAsync(Crm.Contact("ada@northwharf.example"));
        return app;
    }

    private static async Task<string> MatrixAsync(LucitraApp app, IEnumerable<(string Name, string? Bearer)> callers)
    {
        var rows = new List<string[]> { new[] { "caller" }.Concat(_operations.Select(operation => operation.Name)).ToArray() };
        foreach (var (name, bearer) in callers)
        {
            var row = new List<string> { name };
            foreach (var operation in _operations)
                row.Add(await operation.Run(app, bearer));
            rows.Add([.. row]);
        }

        var widths = rows[0].Select((cell, column) => column == 0 ? 15 : Math.Max(cell.Length, 4)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join(" | ", row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column])))));
    }

    private static async Task<string> QueryAsync(LucitraApp app, string? caller, string query)
    {
        var (status, body) = await app.AsAsync(caller, query);
        return status == 200 ? Verdict(body) : $"{status}";
    }

    private static string Verdict(JsonElement body) =>
        body.TryGetProperty("errors", out var errors) ? (errors[0].Text("extensions.code") == "AUTH_NOT_AUTHORIZED" ? "no" : errors.GetRawText())
        : body.GetRawText().Contains("\"***\"", StringComparison.Ordinal) ? "masked"
        : "ok";

    private static async Task<string> RestAsync(LucitraApp app, string? caller, HttpMethod method, string path, object? body)
    {
        using var client = app.ClientAs(caller);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request);
        if ((int)response.StatusCode != 200)
            return $"{(int)response.StatusCode}";
        return (await response.Content.ReadAsStringAsync()).Contains("\"***\"", StringComparison.Ordinal) ? "masked" : "ok";
    }

    private static async Task<string> SocketAsync(LucitraApp app, string? caller)
    {
        using var client = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws");
        await client.SayAsync(caller is null ? """{"type":"connection_init"}""" : $$$"""{"type":"connection_init","payload":{"Authorization":"Bearer {{{caller}}}"}}""");
        if (await client.HearAsync() is null)
            return $"{client.Closed.Code}";
        await client.SubscribeAsync("1", "subscription { onDealChanged { name } }");

        // When the subscription has begun only its first event tells.
        var hearing = client.HearAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            await MakeDealAsync(app);
            return hearing.IsCompleted;
        });
        var heard = await hearing ?? "closed";
        return heard.Contains("AUTH_NOT_AUTHORIZED", StringComparison.Ordinal) ? "no" : heard.Contains("onDealChanged", StringComparison.Ordinal) ? "ok" : heard;
    }

    private static async Task<string> StreamAsync(LucitraApp app, string? caller)
    {
        using var client = app.ClientAs(caller);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("""{"query":"subscription { onDealChanged { name } }"}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)response.StatusCode != 200)
            return $"{(int)response.StatusCode}";

        await MakeDealAsync(app);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return line.Contains("AUTH_NOT_AUTHORIZED", StringComparison.Ordinal) ? "no" : line.Contains("onDealChanged", StringComparison.Ordinal) ? "ok" : line;
        }

        return "closed";
    }
}
