using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>What a slice adds to the three roots. One for each slice.</summary>
internal interface ISchemaModule
{
    void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription);
}
