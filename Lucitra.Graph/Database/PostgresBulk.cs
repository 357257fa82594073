using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Lucitra.Graph.Database;

/// <summary>Puts rows into PostgreSQL by its binary COPY.</summary>
internal static class PostgresBulk
{
    public static async Task<long> AddAsync(PostgresDbContext db, BulkTable table, CancellationToken cancellationToken)
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
        DateTime instant => writer.WriteAsync(instant, NpgsqlDbType.TimestampTz, cancellationToken),
        decimal amount => writer.WriteAsync(amount, NpgsqlDbType.Numeric, cancellationToken),
        bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
        int number => writer.WriteAsync(number, NpgsqlDbType.Integer, cancellationToken),
        long number => writer.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "No column has this type."),
    };
}
