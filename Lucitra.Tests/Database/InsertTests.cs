using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Database;

/// <summary>Few new rows of several tables, which PostgreSQL gets together.</summary>
public sealed class InsertTests
{
    // The statements become prepared ones meanwhile.
    private const int Repetitions = 12;

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_conflict_of_any_row_is_one_and_leaves_nothing_however_often_the_statements_ran(bool isFirst)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres, new() { ["Lucitra:Roles"] = "Api" });
        var taken = new HubSpotRecord { PortalId = 1, ObjectType = "contact", ObjectId = 1, RecordId = Guid.Empty };
        await app.AddAsync(taken);
        var known = new Contact { Id = Guid.CreateVersion7(), CreatedAt = HubSpotFact.Start.UtcDateTime, UpdatedAt = HubSpotFact.Start.UtcDateTime };
        await app.AddAsync(known);

        for (var i = 0; i < Repetitions; i++)
        {
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
            db.Add(new Contact { Id = isFirst ? known.Id : Guid.CreateVersion7(), CreatedAt = HubSpotFact.Start.UtcDateTime, UpdatedAt = HubSpotFact.Start.UtcDateTime });
            db.Add(new HubSpotRecord { PortalId = 1, ObjectType = "contact", ObjectId = isFirst ? 2 : 1, RecordId = Guid.Empty });
            var fault = await Assert.ThrowsAsync<PostgresException>(() => db.SaveChangesAsync());
            Assert.Equal(DatabaseFault.Conflict, db.FaultOf(fault));
        }

        Assert.Equal((1, 1), (await app.InDatabaseAsync(db => db.Contacts.CountAsync()), await app.InDatabaseAsync(db => db.HubSpotRecords.CountAsync())));
    }
}
