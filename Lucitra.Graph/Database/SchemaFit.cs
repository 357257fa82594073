using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Database;

/// <summary>
/// How the schema of a database stands to this program. Releases overlap while they replace one another, so a schema that is
/// newer fits as long as it only adds; and one that still has what this program does without fits, too.
/// </summary>
/// <param name="Missing">Migrations of this program that the database lacks, in order.</param>
/// <param name="Unknown">Migrations of the database that this program does not have, in order.</param>
internal sealed record SchemaFit(IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown)
{
    private const string Contract = "Contract";

    /// <summary>Why this program must not serve on the database, and what to do; null where it may.</summary>
    public string? Problem =>
        Unknown.LastOrDefault(IsContract) is { } taken
            ? $"The database is newer than this program: {taken} took something from it that this program uses. Run the release that has this migration, or a later one."
        : Missing.FirstOrDefault(migration => !IsContract(migration)) is { } first
            ? $"The database lacks {Missing.Count} migrations, the first {first}. Run 'dotnet Lucitra.Graph.dll migrate' with the same settings."
        : null;

    /// <summary>
    /// Whether a migration takes something away that the release before uses. Its name says so, since that release knows no
    /// more of it than its name.
    /// </summary>
    public static bool IsContract(string migration) =>
        migration.IndexOf('_', StringComparison.Ordinal) is > 0 and var end && migration.AsSpan(end + 1).StartsWith(Contract, StringComparison.Ordinal);

    public static async Task<SchemaFit> ReadAsync(LucitraDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        return new SchemaFit([.. known.Except(applied)], [.. applied.Except(known).Order(StringComparer.Ordinal)]);
    }
}
