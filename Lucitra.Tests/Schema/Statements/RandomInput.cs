using System.Globalization;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;

namespace Lucitra.Tests.Schema.Statements;

/// <summary>Draws values for arguments, of any input type.</summary>
/// <param name="random">What chance is.</param>
/// <param name="ids">By type: global identifiers, some of which exist.</param>
internal sealed class RandomInput(Random random, IReadOnlyDictionary<string, string[]> ids)
{
    public static readonly string?[] Texts = ["a", "b", "ab", "A", "%", "_", "\\", "a%", "100%_\\", "\"quoted\"", "é", "日本", "", "lead", "customer", "default", "closedwon"];
    public static readonly decimal[] Numbers = [0, 1, 2, 3, 0.2m, 0.40m, 12.5m, -7, 1000000];
    public static readonly DateTime[] Instants =
        [new(2026, 11, 1, 8, 30, 0, DateTimeKind.Utc), new DateTime(2026, 11, 1, 8, 30, 0, DateTimeKind.Utc).AddMicroseconds(120), new(2026, 12, 24, 0, 0, 0, DateTimeKind.Utc)];

    public static readonly bool[] Flags = [true, false];

    public T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    /// <summary>A value: null, text, number, flag, <see cref="Choice"/>, list or object.</summary>
    /// <param name="type">Of this type.</param>
    /// <param name="depth">How deep it may go.</param>
    /// <param name="entity">The name of the type whose identifiers fit.</param>
    public object? Draw(IGraphType type, int depth, string entity) => type switch
    {
        NonNullGraphType required => Draw(required.ResolvedType!, depth, entity),
        ListGraphType list => Enumerable.Range(0, random.Next(0, 4)).Select(_ => DrawItem(list.ResolvedType!, depth, entity)).ToList(),
        EnumerationGraphType choices => new Choice(Any([.. choices.Values]).Name),
        IInputObjectGraphType input => DrawObject(input, depth, entity),
        _ => DrawScalar(type.Name, entity),
    };

    /// <summary>The value as a GraphQL document writes it.</summary>
    public static string Literal(object? value) => value switch
    {
        Choice choice => choice.Name,
        Dictionary<string, object?> members => $"{{ {string.Join(", ", members.Select(member => $"{member.Key}: {Literal(member.Value)}"))} }}",
        List<object?> items => $"[{string.Join(", ", items.Select(Literal))}]",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value),
    };

    /// <summary>The value as JSON variables hold it.</summary>
    public static object? Variable(object? value) => value switch
    {
        Choice choice => choice.Name,
        Dictionary<string, object?> members => members.ToDictionary(member => member.Key, member => Variable(member.Value)),
        List<object?> items => items.ConvertAll(Variable),
        _ => value,
    };

    private object? DrawItem(IGraphType type, int depth, string entity) =>
        type is not NonNullGraphType && random.Next(6) == 0 ? null : Draw(type, depth, entity);

    private Dictionary<string, object?> DrawObject(IInputObjectGraphType input, int depth, string entity)
    {
        // Properties by name are read field by field, so they come rarely.
        var fields = input.Fields.Where(field => (depth > 0 || field.ResolvedType!.GetNamedType() is not IInputObjectGraphType || IsOperation(field.ResolvedType!.GetNamedType()))
            && (field.Name != "property" || random.Next(30) == 0)).ToArray();
        random.Shuffle(fields);
        if (fields.Length == 0)
            return [];
        var of = input.Name.EndsWith("FilterInput", StringComparison.Ordinal) && !IsOperation(input) ? input.Name.Replace("ListFilterInputTypeOf", "", StringComparison.Ordinal).Replace("FilterInput", "", StringComparison.Ordinal) : entity;
        return fields.Take(random.Next(input.Name.Contains("Sort", StringComparison.Ordinal) ? 1 : 0, 3)).ToDictionary(
            field => field.Name,
            field => field.Name is "eq" or "neq" && random.Next(5) == 0 ? null : field.Name == "name" && input.Name.StartsWith("Property", StringComparison.Ordinal) ? "any" : Draw(field.ResolvedType!, depth - 1, of));
    }

    private static bool IsOperation(IGraphType type) => type.Name.EndsWith("OperationFilterInput", StringComparison.Ordinal);

    private object? DrawScalar(string name, string entity) => name switch
    {
        "ID" => Any(ids.GetValueOrDefault(entity, ids["Contact"])),
        "Int" or "Long" => random.Next(4),
        "Decimal" => Any(Numbers),
        "Boolean" => Any(Flags),
        "DateTime" => Any(Instants).ToString("O", CultureInfo.InvariantCulture)[..26] + "Z",
        "String" => Any(Texts),
        _ => throw new InvalidOperationException($"There are no values of {name}."),
    };
}

/// <summary>A value of an enum.</summary>
internal sealed record Choice(string Name);
