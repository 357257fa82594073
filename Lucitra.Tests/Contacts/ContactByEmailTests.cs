using Lucitra.Tests.Support;

namespace Lucitra.Tests.Contacts;

public sealed class ContactByEmailTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_contact_is_found_by_its_address_whatever_the_case(string database)
    {
        var log = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: log.Attach);
        await app.AddAsync(
            Crm.Contact("Ada@Example.com", c => (c.Id, c.FirstName) = (Guid.CreateVersion7(Crm.Start), "Ada")),
            Crm.Contact("ada@example.COM", c => c.FirstName = "Younger"),
            Crm.Contact("gone@example.com", c => c.ArchivedAt = Crm.Start));

        var statements = await log.DuringAsync(async () =>
        {
            var data = await app.QueryAsync(
                """
                query($nul: String!) {
                  ada: contactByEmail(email: "ADA@example.com") { firstName email }
                  again: contactByEmail(email: "ada@example.com") { firstName }
                  gone: contactByEmail(email: "gone@example.com") { id }
                  nobody: contactByEmail(email: "nobody@example.com") { id }
                  nul: contactByEmail(email: $nul) { id }
                }
                """,
                new { nul = "ada@example.com\0" });
            Assert.Equal(("Ada", "Ada@Example.com"), (data.Text("ada.firstName"), data.Text("ada.email")));
            Assert.Equal("Ada", data.Text("again.firstName"));
            foreach (var alias in new[] { "gone", "nobody", "nul" })
                Assert.Null(data.Text(alias));
        });
        Assert.DoesNotContain(statements, sql => sql.Contains("stamps", StringComparison.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task Without_an_address_nobody_is_found(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("", c => c.Email = null));

        Assert.Null((await app.QueryAsync("""{ contactByEmail(email: "") { id } }""")).Text("contactByEmail"));
    }
}
