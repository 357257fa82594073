using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lucitra.Graph.Database;

/// <summary>Columns that hold a JSON document: <c>jsonb</c> on PostgreSQL, text on SQLite.</summary>
internal static class JsonColumn
{
    /// <summary>Marks a property whose column type a context decides.</summary>
    public const string Annotation = "Lucitra:Json";

    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Stores the value as one document. The value is replaced, never changed in place, so a reference comparison tells change.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property)
        where T : class
    {
        property.HasConversion(
            new ValueConverter<T, string>(
                value => JsonSerializer.Serialize(value, _options),
                text => JsonSerializer.Deserialize<T>(text, _options)!),
            new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value.GetHashCode(), value => value));
        return property.HasAnnotation(Annotation, true);
    }
}
