using System.Data;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Support;

/// <summary>Reads every column of every table as text, to find what must not be there.</summary>
internal static class DatabaseText
{
    /// <summary>Table and column of every value that contains one of the texts, tables that the model does not know included.</summary>
    public static Task<List<string>> WithAsync(LucitraApp app, params string[] texts) => app.InDatabaseAsync(async db =>
    {
        var hits = new List<string>();
        var connection = db.Database.GetDbConnection();
        await connection.OpenAsync();
        var tables = app.Database.Provider == TestDatabase.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        var names = await db.Database.SqlQueryRaw<string>(tables).ToListAsync();
        foreach (var table in names)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default);
            while (await reader.ReadAsync())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    var value = reader.GetValue(column);
                    var text = value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value.ToString()!;
                    if (texts.Any(one => text.Contains(one, StringComparison.Ordinal)))
                        hits.Add($"{table}.{reader.GetName(column)}");
                }
            }
        }

        return hits;
    });
}
