using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;

namespace Lucitra.Tests.Support;

/// <summary>Records for tests, with everything a test does not care about filled in.</summary>
internal static class Crm
{
    public static readonly DateTime Start = HubSpotFact.Start.UtcDateTime;

    public static Contact Contact(string email, Action<Contact>? with = null)
    {
        var contact = new Contact { Id = Guid.CreateVersion7(), Email = email, CreatedAt = Start, UpdatedAt = Start, Version = 1 };
        with?.Invoke(contact);
        return contact;
    }

    public static Deal Deal(string name, Action<Deal>? with = null)
    {
        var deal = new Deal { Id = Guid.CreateVersion7(), Name = name, CreatedAt = Start, UpdatedAt = Start, Version = 1 };
        with?.Invoke(deal);
        return deal;
    }

    public static Deal In(this Deal deal, string stageId, string pipelineId = "default")
    {
        (deal.PipelineId, deal.StageId) = (pipelineId, stageId);
        return deal;
    }

    /// <summary>Puts records into the server's database as they are.</summary>
    public static Task AddAsync(this LucitraApp app, params IEnumerable<object> records) => app.InDatabaseAsync(db =>
    {
        db.AddRange(records);
        return db.SaveChangesAsync();
    });
}
