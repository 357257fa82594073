using System.Data.Common;
using System.Globalization;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Analytics;

/// <summary>The statements of docs/analytics.md, by the figure each defines, run over the rows themselves.</summary>
internal static class FigureDefinitions
{
    private static readonly FigureStatements _statements = FigureStatements.In(File.ReadAllText(SourceTree.Path("docs", "analytics.md")));

    /// <summary>The figures that the page defines and this database can compute.</summary>
    public static IEnumerable<string> Names(string provider) => _statements.Names.Where(name =>
        !(provider == TestDatabase.Sqlite && name.EndsWith("DaysToClose", StringComparison.Ordinal)));

    /// <summary>The rows of a figure's statement as text, sorted: key, then count, amount or measure.</summary>
    public static Task<List<string>> RunAsync(LucitraApp app, string name, IReadOnlyDictionary<string, DateTime> times) => app.InDatabaseAsync(async db =>
    {
        var isSqlite = app.Database.Provider == TestDatabase.Sqlite;
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = _statements.Of(name);
        if (isSqlite)
        {
            // SQLite keeps decimals as text, which only this function adds up exactly, and which round() would make inexact.
            command.CommandText = command.CommandText.Replace("round(amount, 6)", "amount", StringComparison.Ordinal)
                .Replace("sum(amount) / count(amount)", "ef_divide(ef_sum(amount), count(amount))", StringComparison.Ordinal)
                .Replace("sum(", "ef_sum(", StringComparison.Ordinal)
                .Replace("ef_ef_", "ef_", StringComparison.Ordinal);
        }

        foreach (var (parameter, time) in times)
        {
            var value = command.CreateParameter();
            value.ParameterName = parameter;
            value.Value = time;
            command.Parameters.Add(value);
        }

        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader, column))));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    });

    /// <summary>A number as both sides of a comparison write it.</summary>
    public static string Text(decimal number) => Math.Round(number, 9).ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Text(DbDataReader reader, int column) => (reader.GetName(column), reader.GetValue(column)) switch
    {
        (_, DBNull) => "-",
        ("key", var key) => key.ToString()!,
        (_, string number) => Text(decimal.Parse(number, CultureInfo.InvariantCulture)),
        (_, var number) => Text(Convert.ToDecimal(number, CultureInfo.InvariantCulture)),
    };
}
