using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lucitra.Graph.Database;

/// <summary>Puts rows into SQLite through one prepared statement.</summary>
internal static class SqliteBulk
{
    public static async Task<long> AddAsync(SqliteDbContext db, BulkTable table, CancellationToken cancellationToken)
    {
        await using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select(column => $"${column}"))})";
        var parameters = table.Columns.Select(column => command.Parameters.AddWithValue($"${column}", null)).ToList();
        var count = 0L;
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
                parameters[i].Value = row[i] is JsonText json ? json.Text : row[i] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken);
            count++;
        }

        return count;
    }
}
