using Lucitra.Tests.Support;

namespace Lucitra.Tests.Owners;

public sealed class OwnerTests
{
    private const string Upsert =
        """
        mutation($input: UpsertOwnerInput!) {
          upsertOwner(input: $input) { owner { id hubSpotId email firstName lastName } errors { __typename ... on ValidationFailedError { issues { field } } } }
        }
        """;

    [SkippableTheory, BothDatabases]
    public async Task Contacts_and_deals_are_found_and_sorted_by_their_owner(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.QueryAsync(Upsert, new { input = new { hubSpotId = "11", lastName = "Zuse" } });
        await app.QueryAsync(Upsert, new { input = new { hubSpotId = "12", lastName = "Babbage" } });
        foreach (var (name, ownerId) in new[] { ("A", "11"), ("B", "12"), ("C", "13"), ("D", null) })
        {
            await app.QueryAsync(
                "mutation($name: String!, $ownerId: String) { createDeal(input: { name: $name, ownerId: $ownerId }) { deal { id } } }", new { name, ownerId });
            await app.QueryAsync(
                "mutation($email: String!, $ownerId: String) { createContact(input: { email: $email, ownerId: $ownerId }) { contact { id } } }",
                new { email = $"{name}@example.com", ownerId });
        }

        var data = await app.QueryAsync(
            """
            {
              named: deals(where: { owner: { lastName: { eq: "Zuse" } } }) { nodes { name owner { hubSpotId lastName } } }
              sorted: deals(order: [{ owner: { lastName: ASC } }, { name: ASC }]) { nodes { name ownerId owner { lastName } } }
              contacts(where: { owner: { lastName: { startsWith: "B" } } }) { nodes { email } }
            }
            """);

        Assert.Equal("""{"nodes":[{"name":"A","owner":{"hubSpotId":"11","lastName":"Zuse"}}]}""", data.At("named").GetRawText());
        Assert.Equal(["B", "A", "C", "D"], data.Texts("sorted.nodes", "name"));
        Assert.Equal(["12", "11", "13", null], data.Texts("sorted.nodes", "ownerId"));
        Assert.Equal(["B@example.com"], data.Texts("contacts.nodes", "email"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Naming_an_owner_again_changes_what_is_given(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var first = await app.QueryAsync(Upsert, new { input = new { hubSpotId = "11", email = "k@example.com", lastName = "Zuse" } });
        var second = await app.QueryAsync(Upsert, new { input = new { hubSpotId = "11", firstName = "Konrad", email = (string?)null } });
        var refused = await app.QueryAsync(Upsert, new { input = new { hubSpotId = "", lastName = new string('z', 501) } });

        Assert.Equal(first.Text("upsertOwner.owner.id"), second.Text("upsertOwner.owner.id"));
        Assert.Equal(("11", null, "Konrad", "Zuse"), (
            second.Text("upsertOwner.owner.hubSpotId"), second.Text("upsertOwner.owner.email"),
            second.Text("upsertOwner.owner.firstName"), second.Text("upsertOwner.owner.lastName")));
        Assert.Equal(["hubSpotId", "lastName"], refused.At("upsertOwner.errors.0").Texts("issues", "field"));
        Assert.Equal(["Zuse"], (await app.QueryAsync("{ owners { nodes { lastName } } }")).Texts("owners.nodes", "lastName"));
    }
}
