using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Lucitra.Graph.Schema;

/// <summary>The schema in the schema definition language, sorted, so that two equal schemas are equal texts.</summary>
internal static class SchemaText
{
    public static string Of(ISchema schema)
    {
        schema.Initialize();
        return schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal, IncludeDescriptions = true });
    }
}
