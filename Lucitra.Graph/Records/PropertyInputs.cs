using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Records;

/// <summary>The property values in an input: none for a field that was left out.</summary>
internal static class PropertyInputs
{
    public static IEnumerable<PropertyInput> Given(string field, string property, Optional<string> value) =>
        value.IsGiven ? [new PropertyInput(field, property, value.Value)] : [];

    public static IEnumerable<PropertyInput> Given(string field, string property, Optional<decimal?> value) =>
        value.IsGiven ? [new PropertyInput(field, property, value.Value is { } number ? PropertyText.From(number) : null)] : [];

    public static IEnumerable<PropertyInput> Given(string field, string property, Optional<DateTime?> value) =>
        value.IsGiven ? [new PropertyInput(field, property, value.Value is { } instant ? PropertyText.FromToMillisecond(instant) : null)] : [];
}
