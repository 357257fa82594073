using System.Net.Http.Headers;
using System.Text;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Http.Rest;

/// <summary>One record over its life: preconditions, repetitions, methods.</summary>
public sealed class RestRecordTests
{
    private const string Contacts = "/api/v1/contacts";

    [SkippableTheory, BothDatabases]
    public async Task A_change_is_made_for_the_version_that_its_caller_saw(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var created = await app.PostAsync(Contacts, new { email = "ada@x.example", phone = "1" });
        var path = created.Location!.OriginalString;
        var seen = await app.GetAsync(path);
        Assert.Equal(created.ETag, seen.ETag);

        var changed = await app.SendAsync(HttpMethod.Patch, path, new { firstName = "Ada", phone = (string?)null }, ("If-Match", seen.ETag!));
        Assert.Equal((200, "Ada", null, "2"), (changed.Status, changed.Body.Text("firstName"), changed.Body.Text("phone"), changed.Body.Text("version")));
        var late = await app.SendAsync(HttpMethod.Put, path, new { firstName = "Eve" }, ("If-Match", seen.ETag!));
        Assert.Equal((412, "VersionConflictError", "1", "2"), (late.Status, late.Problem(), late.Body.Text("expected"), late.Body.Text("actual")));
        Assert.Equal((409, "VersionConflictError"), Outcome(await app.PutAsync(path, new { firstName = "Eve", version = 1 })));
        Assert.Equal((412, "LUCITRA_PRECONDITION_FAILED"), Outcome(await app.SendAsync(HttpMethod.Patch, path, new { firstName = "Eve" }, ("If-Match", "\"other\""))));
        Assert.Equal((400, "LUCITRA_INVALID_PARAMETER"), Outcome(await app.SendAsync(HttpMethod.Patch, path, new { firstName = "Eve" }, ("If-Match", "\"1\", \"2\""))));
        Assert.Equal((400, "LUCITRA_INVALID_PARAMETER"), Outcome(await app.SendAsync(HttpMethod.Patch, path, new { firstName = "Eve", version = 3 }, ("If-Match", changed.ETag!))));
        Assert.Equal((400, "LUCITRA_INVALID_PARAMETER"), Outcome(await app.SendAsync(HttpMethod.Post, Contacts, new { email = "eve@x.example" }, ("If-Match", "*"))));
        Assert.Equal("Ada", (await app.GetAsync(path)).Body.Text("firstName"));

        Assert.Equal(200, (await app.SendAsync(HttpMethod.Patch, path, new { jobTitle = "Engineer" }, ("If-Match", $"W/{changed.ETag}"))).Status);
        Assert.Equal(200, (await app.SendAsync(HttpMethod.Patch, path, new { jobTitle = "Chief" }, ("If-Match", "*"))).Status);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_the_caller_has_is_not_sent_again(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var path = (await app.PostAsync(Contacts, new { email = "ada@x.example" })).Location!.OriginalString;
        var seen = await app.GetAsync(path);

        foreach (var tag in new[] { seen.ETag!, $"W/{seen.ETag}", $"\"x\", {seen.ETag}", "*" })
        {
            var same = await app.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", tag));
            Assert.Equal((304, seen.ETag, default), (same.Status, same.ETag, same.Body.ValueKind));
        }

        var list = await app.GetAsync(Contacts);
        Assert.Equal(304, (await app.SendAsync(HttpMethod.Get, Contacts, null, ("If-None-Match", list.ETag!))).Status);
        await app.SendAsync(HttpMethod.Patch, path, new { firstName = "Ada" });
        Assert.Equal(200, (await app.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", seen.ETag!))).Status);
        Assert.Equal(200, (await app.SendAsync(HttpMethod.Get, Contacts, null, ("If-None-Match", list.ETag!))).Status);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_repeated_request_gets_the_first_answer(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var first = await app.SendAsync(HttpMethod.Post, Contacts, new { email = "ada@x.example" }, ("Idempotency-Key", "k"));
        var again = await app.SendAsync(HttpMethod.Post, Contacts, new { email = "ada@x.example" }, ("Idempotency-Key", "k"));
        Assert.Equal((201, first.Location, first.ETag), (again.Status, again.Location, again.ETag));
        Assert.Equal((422, "IdempotencyKeyReusedError"), Outcome(await app.SendAsync(HttpMethod.Post, Contacts, new { email = "eve@x.example" }, ("Idempotency-Key", "k"))));
        Assert.Equal((400, "HC0012"), Outcome(await app.SendAsync(HttpMethod.Post, Contacts, new { email = "eve@x.example" }, ("Idempotency-Key", new string('k', 256)))));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_deleted_record_is_archived_and_comes_back(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        foreach (var (list, body) in new (string, object)[] { (Contacts, new { email = "ada@x.example" }), ("/api/v1/deals", new { name = "Plan" }) })
        {
            var path = (await app.PostAsync(list, body)).Location!.OriginalString;
            var etag = (await app.GetAsync(path)).ETag!;

            Assert.Equal(412, (await app.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"7.x\""))).Status);
            Assert.Equal(204, (await app.SendAsync(HttpMethod.Delete, path, null, ("If-Match", etag))).Status);
            Assert.NotNull((await app.GetAsync(path)).Body.Text("archivedAt"));
            Assert.Empty((await app.GetAsync(list)).Body.Texts("items", "id"));
            Assert.Equal((422, "EntityArchivedError"), Outcome(await app.SendAsync(HttpMethod.Patch, path, new { ownerId = "1" })));

            var back = await app.SendAsync(HttpMethod.Post, $"{path}/restore");
            Assert.Equal((200, null, null), (back.Status, back.Body.Text("archivedAt"), back.Location));
            Assert.Single((await app.GetAsync(list)).Body.Texts("items", "id"));
        }
    }

    [Fact]
    public async Task Methods_and_media_types_are_negotiated()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var path = (await app.PostAsync(Contacts, new { email = "ada@x.example" })).Location!.OriginalString;

        var seen = await app.GetAsync(path);
        using var head = await app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((200, seen.ETag, ""), ((int)head.StatusCode, head.Headers.ETag?.ToString(), await head.Content.ReadAsStringAsync()));
        Assert.True(head.Content.Headers.ContentLength > 0);

        using var options = await app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
        Assert.Equal((204, "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"), ((int)options.StatusCode, string.Join(", ", options.Content.Headers.Allow)));
        Assert.Equal("application/json, application/merge-patch+json", options.Headers.GetValues("Accept-Patch").Single());

        using var wrong = await app.Client.SendAsync(new HttpRequestMessage(HttpMethod.Put, Contacts));
        Assert.Equal("GET, HEAD, OPTIONS, POST", string.Join(", ", wrong.Content.Headers.Allow));
        Assert.Equal((405, "LUCITRA_METHOD_NOT_ALLOWED"), Outcome(await RestCalls.ReadAsync(wrong)));
        Assert.Equal((404, "LUCITRA_NO_SUCH_ROUTE"), Outcome(await app.GetAsync("/api/v1/companies")));

        Assert.Equal((406, "HC0063"), Outcome(await app.SendAsync(HttpMethod.Get, path, null, ("Accept", "application/xml, application/json;q=0"))));
        Assert.Equal((400, "HC0064"), Outcome(await app.SendAsync(HttpMethod.Get, path, null, ("Accept", "json"))));
        Assert.Equal(200, (await app.SendAsync(HttpMethod.Get, path, null, ("Accept", "text/html, application/*;q=0.5"))).Status);

        using var patch = new StringContent("""{"firstName":"Ada"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json"));
        Assert.Equal("Ada", (await RestCalls.ReadAsync(await app.Client.PatchAsync(path, patch))).Body.Text("firstName"));
        using var post = new StringContent("""{"email":"eve@x.example"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json"));
        var refused = await RestCalls.ReadAsync(await app.Client.PostAsync(Contacts, post));
        Assert.Equal((415, "LUCITRA_UNSUPPORTED_MEDIA_TYPE", "application/json"), (refused.Status, refused.Problem(), refused.Headers.GetValues("Accept").Single()));
    }

    [Fact]
    public async Task A_problem_says_where_it_is_and_leads_to_its_page()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var invalid = await app.PostAsync(Contacts, new { email = "ada", firstName = new string('x', 501) });
        Assert.Equal((422, "ValidationFailedError"), Outcome(invalid));
        Assert.Equal(["#/firstName"], invalid.Body.Texts("errors", "pointer"));
        Assert.Equal(["ValidationFailedError"], invalid.Body.Texts("errors", "code"));

        var unknown = await app.PostAsync(Contacts, new { email = "ada@x.example", age = 3 });
        Assert.Equal((400, "LUCITRA_VALIDATION_FAILED"), Outcome(unknown));
        Assert.Contains("age", unknown.Body.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("$input", unknown.Body.Text("detail"), StringComparison.Ordinal);
        var wrong = await app.PostAsync("/api/v1/deals", new { name = "x", amount = "ten" });
        Assert.Equal(["#/amount"], wrong.Body.Texts("errors", "pointer"));

        foreach (var problem in new[] { invalid, unknown, wrong, await app.GetAsync("/api/v1/nothing") })
        {
            using var page = await app.Client.GetAsync(problem.Body.Text("type"));
            Assert.Equal((200, "text/html"), ((int)page.StatusCode, page.Content.Headers.ContentType?.MediaType));
            Assert.Contains($"<h1>{problem.Body.Text("title")}</h1>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal("Validation failed", invalid.Body.Text("title"));
        Assert.Contains("VersionConflictError", await app.Client.GetStringAsync("/problems"), StringComparison.Ordinal);
        Assert.Equal(404, (await app.GetAsync("/problems/Nothing")).Status);
    }

    private static (int Status, string? Code) Outcome(RestAnswer answer) => (answer.Status, answer.Problem());
}
