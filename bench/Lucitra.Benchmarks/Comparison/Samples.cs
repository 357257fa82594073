using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Paging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>What requests ask for, out of a database's own rows: the same for each contender.</summary>
/// <param name="Contacts">Contacts, far apart.</param>
/// <param name="DeepRows">Contacts around the row at nine tenths of the list, latest first, with that row's number.</param>
internal sealed record Samples(IReadOnlyList<Guid> Contacts, IReadOnlyList<DeepRow> DeepRows)
{
    private const int Many = 500;
    private const int Cursors = 20;
    private const double Depth = 0.9;

    /// <summary>Lifecycle stages of the seed.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["subscriber", "lead", "opportunity", "customer", "evangelist"];

    /// <summary>Moments that all lie before the latest pages.</summary>
    public static IReadOnlyList<string> Moments { get; } = ["2024-06-01T00:00:00Z", "2024-12-01T00:00:00Z", "2025-03-01T00:00:00Z", "2025-06-01T00:00:00Z"];

    public static string IdOf(Guid contact) => NodeIds.For(nameof(Contact), typeof(Guid)).Encode(contact);

    public static async Task<Samples> ReadAsync(string connection)
    {
        await using var services = BenchDatabase.Services(connection);
        await using var db = await services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        var ids = await db.Contacts.OrderBy(contact => contact.Id).Select(contact => contact.Id).ToListAsync();
        var random = new Random(1);
        var first = (int)(ids.Count * Depth) - Cursors;
        var deep = await db.Contacts.OrderByDescending(contact => contact.CreatedAt).ThenBy(contact => contact.Id).Skip(first).Take(Cursors)
            .Select(contact => new { contact.CreatedAt, contact.Id }).ToListAsync();
        return new Samples(
            [.. Enumerable.Range(0, Many).Select(_ => ids[random.Next(ids.Count)])],
            [.. deep.Select((row, number) => new DeepRow(first + number, Cursor.Encode("Query.contacts(-createdAt,+id)", [row.CreatedAt, row.Id])))]);
    }
}

/// <summary>A row far down a list.</summary>
/// <param name="Number">How many rows are before it.</param>
/// <param name="Cursor">Its cursor here.</param>
internal sealed record DeepRow(int Number, string Cursor)
{
    public string Offset => Number.ToString(CultureInfo.InvariantCulture);
}
