using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Lucitra.Graph.Database;

/// <summary>Puts rows into PostgreSQL by its binary COPY.</summary>
internal static class PostgresBulk
{
    public static async Task<long> AddAsync(PostgresDbContext db, BulkTable table, CancellationToken cancellationToken)
    {
        var indexes = await TakeIndexesAsync(db, table.Name, cancellationToken);
        var rows = await CopyAsync(db, table, cancellationToken);
        foreach (var index in indexes)
            await ExecuteAsync(db, index, cancellationToken);
        return rows;
    }

    // An empty table is filled several times as fast without its indexes, which are made again in one go. Nobody else sees
    // it: the transaction holds the table.
    private static async Task<List<string>> TakeIndexesAsync(PostgresDbContext db, string table, CancellationToken cancellationToken)
    {
        var hasRows = $"""SELECT EXISTS (SELECT FROM {table}) AS "Value" """;
        if (await db.Database.SqlQueryRaw<bool>(hasRows).SingleAsync(cancellationToken))
            return [];
        var indexes = await db.Database
            .SqlQuery<IndexDefinition>($"""
                SELECT format('%I', indexname) AS "Name", indexdef AS "Sql" FROM pg_indexes
                WHERE schemaname = current_schema() AND tablename = {table} AND indexname NOT IN (SELECT conname FROM pg_constraint)
                """)
            .ToListAsync(cancellationToken);
        foreach (var index in indexes)
            await ExecuteAsync(db, $"DROP INDEX {index.Name}", cancellationToken);
        return indexes.ConvertAll(index => index.Sql);
    }

    // Names and definitions come from the catalogue; a statement that defines indexes takes no parameters.
    private static Task<int> ExecuteAsync(PostgresDbContext db, string statement, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), cancellationToken);

    /// <summary>Adds rows without further ado.</summary>
    public static async Task<long> CopyAsync(PostgresDbContext db, BulkTable table, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({string.Join(", ", table.Columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in table.Rows)
        {
            await writer.StartRowAsync(cancellationToken);
            foreach (var value in row)
                await WriteAsync(writer, value, cancellationToken);
        }

        return (long)await writer.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object? value, CancellationToken cancellationToken) => value switch
    {
        null => writer.WriteNullAsync(cancellationToken),
        JsonText json => writer.WriteAsync(json.Text, NpgsqlDbType.Jsonb, cancellationToken),
        string text => writer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
        Guid id => writer.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken),
        DateOnly day => writer.WriteAsync(day, NpgsqlDbType.Date, cancellationToken),
        DateTime instant => writer.WriteAsync(instant, NpgsqlDbType.TimestampTz, cancellationToken),
        decimal amount => writer.WriteAsync(amount, NpgsqlDbType.Numeric, cancellationToken),
        bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
        int number => writer.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken),
        long number => writer.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "No column has this type."),
    };

    private sealed record IndexDefinition(string Name, string Sql);
}
