using FsCheck;
using FsCheck.Fluent;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Schema.Paging;

public sealed class RandomPagingTests
{
    private const int Cases = 25;

    [SkippableTheory, BothDatabases]
    public async Task Rows_that_no_writer_touches_are_met_once_and_in_order(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(new PropertyDefinition { Id = Guid.CreateVersion7(), ObjectType = RecordType.Contact, Name = "number", Type = PropertyType.Number });

        await CheckAsync(app);
    }

    private static async Task CheckAsync(LucitraApp app)
    {
        // FsCheck waits for each case, which would use up the few threads that the test runner gives its tests.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Prop.ForAll(PagingCase.Any(), one => HoldsAsync(app, one).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    private static async Task HoldsAsync(LucitraApp app, PagingCase one)
    {
        await app.InDatabaseAsync(db => db.Contacts.ExecuteDeleteAsync());
        var contacts = one.Rows.Select((row, i) => row.PutInto(Crm.Contact($"row-{i}"))).ToList();
        await app.AddAsync(contacts);

        var met = await Pages.WalkAsync(
            app, "contacts", "email", one.Order, one.Size, one.Backward,
            async page =>
            {
                if (page < one.Writes.Length)
                    await WriteAsync(app, one.Writes[page], contacts);
            });

        var expected = one.Expected(contacts).Select(row => $"row-{row}").ToList();
        Assert.Equal(expected, met.Where(email => expected.Contains(email!)));
    }

    private static Task WriteAsync(LucitraApp app, Write write, List<Contact> contacts)
    {
        if (write.Row < 0 || write.Row >= contacts.Count)
            return app.AddAsync(write.Values.PutInto(Crm.Contact($"new-{Guid.CreateVersion7()}")));
        var id = contacts[write.Row].Id;
        return app.InDatabaseAsync(async db =>
        {
            write.Values.PutInto(await db.Contacts.SingleAsync(contact => contact.Id == id));
            return await db.SaveChangesAsync();
        });
    }
}
