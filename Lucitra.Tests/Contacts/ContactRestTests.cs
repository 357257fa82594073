using System.Net;
using System.Text;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Contacts;

public sealed class ContactRestTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_list_is_followed_by_its_links_to_the_end(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(1, 7).Select(i => Crm.Contact($"{i}", c => c.LastName = i == 4 ? "Other" : "Same")));
        var where = Uri.EscapeDataString("""{"lastName":{"eq":"Same"}}""");
        var order = Uri.EscapeDataString("""[{"lastName":"ASC","email":"DESC"}]""");

        var met = new List<string?>();
        var next = $"/api/v1/contacts?first=4&where={where}&order={order}";
        while (next is not null)
        {
            var page = await app.GetAsync(next);
            Assert.Equal((200, "application/json"), (page.Status, page.ContentType));
            met.AddRange(page.Body.Texts("items", "email"));
            next = page.Next;
            Assert.Equal((page.Body.At("pageInfo.hasNextPage").GetBoolean(), page.Body.At("pageInfo.hasPreviousPage").GetBoolean()), (page.Next is not null, page.Previous is not null));
            if (page.Previous is { } previous)
                Assert.Equal(met[..4], (await app.GetAsync(previous)).Body.Texts("items", "email"));
        }

        Assert.Equal(["7", "6", "5", "3", "2", "1"], met);
        Assert.Equal(["1", "2"], (await app.GetAsync($"/api/v1/contacts?first=2&order={Uri.EscapeDataString("""{"email":"ASC"}""")}")).Body.Texts("items", "email"));
        var keys = $"order={Uri.EscapeDataString("""{"lastName":"ASC"}""")}&order={Uri.EscapeDataString("""{"email":"DESC"}""")}";
        Assert.Equal(["4", "7"], (await app.GetAsync($"/api/v1/contacts?first=2&{keys}")).Body.Texts("items", "email"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_created_contact_is_at_its_location(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var created = await app.PostAsync("/api/v1/contacts", new { email = "ada@x.example", firstName = "Ada" });
        Assert.Equal(201, created.Status);
        var found = await app.GetAsync(created.Location!.OriginalString);
        Assert.Equal((200, "ada@x.example", created.Body.Text("id")), (found.Status, found.Body.Text("email"), found.Body.Text("id")));
        Assert.Equal(["email", "firstname"], found.Body.Texts("properties", "name"));

        var changed = await app.PutAsync(created.Location.OriginalString, new { firstName = (string?)null, lastName = "Lovelace" });
        Assert.Equal((200, "Lovelace", null, "2"), (changed.Status, changed.Body.Text("lastName"), changed.Body.Text("firstName"), changed.Body.Text("version")));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_contact_is_found_by_its_id_in_either_alphabet(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("ada", c => c.Id = new Guid("fbefbeff-fffe-7fff-bfff-ffffffffffff")));
        var id = (await app.GetAsync("/api/v1/contacts")).Body.Text("items.0.id")!;
        var standard = id.Replace('-', '+').Replace('_', '/');
        Assert.Contains('/', standard);

        foreach (var spelled in new[] { id, Uri.EscapeDataString(standard) })
            Assert.Equal("ada", (await app.GetAsync($"/api/v1/contacts/{spelled}")).Body.Text("email"));
        Assert.Equal("Ada", (await app.PutAsync($"/api/v1/contacts/{Uri.EscapeDataString(standard)}", new { firstName = "Ada" })).Body.Text("firstName"));
    }

    [SkippableTheory, BothDatabases]
    public async Task What_is_wrong_with_a_request_is_a_problem(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Contacts = "/api/v1/contacts";
        var location = (await app.PostAsync(Contacts, new { email = "ada@x.example" })).Location!.OriginalString;

        AssertProblem(404, "LUCITRA_NOT_FOUND", await app.GetAsync($"{Contacts}/Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA"));
        AssertProblem(404, "EntityNotFoundError", await app.PutAsync($"{Contacts}/Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA", new { firstName = "x" }));
        AssertProblem(409, "EmailAlreadyInUseError", await app.PostAsync(Contacts, new { email = "ADA@x.example" }));
        AssertProblem(422, "ValidationFailedError", await app.PostAsync(Contacts, new { email = "ada" }));
        AssertProblem(422, "ValidationFailedError", await app.PutAsync(location, new { firstName = new string('x', 501) }));
        AssertProblem(400, "LUCITRA_VALIDATION_FAILED", await app.PostAsync(Contacts, new { email = "ben@x.example", age = 3 }));
        AssertProblem(400, "LUCITRA_INVALID_PARAMETER", await app.PutAsync(location, new { id = "Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA" }));
        AssertProblem(400, "LUCITRA_INVALID_PARAMETER", await app.GetAsync($"{Contacts}?limit=3"));
        AssertProblem(400, "LUCITRA_INVALID_PARAMETER", await app.GetAsync($"{Contacts}?where=email"));
        AssertProblem(400, "LUCITRA_INVALID_PARAMETER", await app.GetAsync($"{Contacts}?where={Uri.EscapeDataString("""{"email":{"eq":"a"}},"x":{}""")}"));
        AssertProblem(400, "LUCITRA_VALIDATION_FAILED", await app.GetAsync($"{Contacts}?where={Uri.EscapeDataString("""{"age":{"eq":3}}""")}"));
        AssertProblem(400, "HC0026", await app.GetAsync($"{Contacts}?where={Uri.EscapeDataString("""{"email":null}""")}"));
        AssertProblem(400, "HC0051", await app.GetAsync($"{Contacts}?first=101"));
        AssertProblem(400, "HC0078", await app.GetAsync($"{Contacts}?after=abc"));
        using var form = new StringContent("email=ben", Encoding.UTF8, "application/x-www-form-urlencoded");
        AssertProblem(415, "LUCITRA_UNSUPPORTED_MEDIA_TYPE", await RestCalls.ReadAsync(await app.Client.PostAsync(Contacts, form)));
        AssertProblem(400, "LUCITRA_INVALID_NODE_ID", await app.GetAsync($"{Contacts}/abc"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Nobody_gets_in_without_a_key(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        using var stranger = new HttpClient { BaseAddress = app.Address };

        var rest = await RestCalls.ReadAsync(await stranger.GetAsync("/api/v1/contacts"));
        AssertProblem(401, "AUTH_NOT_AUTHENTICATED", rest);
        using var graph = await stranger.PostAsync("/graphql", new StringContent("""{"query":"{ contacts { totalCount } }"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, graph.StatusCode);
        Assert.Contains("AUTH_NOT_AUTHENTICATED", await graph.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        stranger.DefaultRequestHeaders.Add("X-Api-Key", "lucitra_test_wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/contacts")).StatusCode);
    }

    private static void AssertProblem(int status, string code, RestAnswer answer) => Assert.Equal((status, code), (answer.Status, answer.Problem()));
}
