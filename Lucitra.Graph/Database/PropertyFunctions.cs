using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lucitra.Graph.Records;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Lucitra.Graph.Database;

/// <summary>
/// Reads values out of the document of properties and makes numbers and instants of their text. PostgreSQL has
/// <c>jsonb_extract_path_text</c>, the others come with a migration; SQLite gets functions of the same names.
/// </summary>
internal static partial class PropertyFunctions
{
    private const string TextFunction = "jsonb_extract_path_text";
    private const string NumberFunction = "lucitra_number";
    private const string InstantFunction = "lucitra_instant";

    // Whatever is within these bounds is exact on both databases and in .NET's decimal.
    private const decimal NumberBound = 1_000_000_000_000_000_000m;
    private const int Decimals = 10;
    private const int MaxLength = 100;

    /// <summary>Stands for the text of one property in queries.</summary>
    public static string? Text(string properties, string name) => throw new NotSupportedException("For queries only.");

    /// <summary>Stands for a text as a number in queries; null when it is none.</summary>
    public static decimal? Number(string? text) => throw new NotSupportedException("For queries only.");

    /// <summary>Stands for a text as an instant in queries; null when it is none.</summary>
    public static DateTime? Instant(string? text) => throw new NotSupportedException("For queries only.");

    /// <param name="model">The model.</param>
    /// <param name="collation">The database's name for the order of code points.</param>
    public static void Map(ModelBuilder model, string collation)
    {
        model.HasDbFunction(typeof(PropertyFunctions).GetMethod(nameof(Text))!).HasTranslation(arguments => new CollateExpression(
            new SqlFunctionExpression(TextFunction, [Document(arguments[0]), arguments[1]], true, [false, false], typeof(string), null), collation));
        model.HasDbFunction(typeof(PropertyFunctions).GetMethod(nameof(Number))!).HasName(NumberFunction).IsBuiltIn();
        model.HasDbFunction(typeof(PropertyFunctions).GetMethod(nameof(Instant))!).HasName(InstantFunction).IsBuiltIn();
    }

    public static void AddTo(SqliteConnection connection)
    {
        connection.CreateFunction(TextFunction, (string? properties, string? name) => Find(properties, name), isDeterministic: true);
        connection.CreateFunction(NumberFunction, (string? text) => ToNumber(text)?.ToString("0.0#########", CultureInfo.InvariantCulture), isDeterministic: true);
        connection.CreateFunction(
            InstantFunction,
            (string? text) => ToInstant(text)?.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            isDeterministic: true);
    }

    /// <summary>The column itself: to the model it is a dictionary, which the expression had to cast to a text.</summary>
    private static SqlExpression Document(SqlExpression argument) =>
        argument is SqlUnaryExpression { OperatorType: ExpressionType.Convert } cast ? cast.Operand : argument;

    private static string? Find(string? properties, string? name)
    {
        if (properties is null || name is null)
            return null;
        using var document = JsonDocument.Parse(properties);
        return document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static decimal? ToNumber(string? text)
    {
        if (text is null || text.Length > MaxLength || PropertyText.ToDecimal(text) is not { } value || Math.Abs(value) >= NumberBound)
            return null;
        var rounded = Math.Round(value, Decimals, MidpointRounding.AwayFromZero);
        return rounded == 0 ? 0m : rounded;
    }

    // The same bounds and pattern as in the migration for PostgreSQL.
    private static DateTime? ToInstant(string? text) =>
        text is not null && InstantText().IsMatch(text) && PropertyText.ToInstant(text) is { Year: >= 1000 and < 9999 } instant ? instant : null;

    [GeneratedRegex("""^([-+]?[0-9]{1,15}|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,7})?)?(Z|[-+](0[0-9]|1[0-3]):[0-5][0-9]|[-+]14:00)?)?)\z""")]
    private static partial Regex InstantText();
}
