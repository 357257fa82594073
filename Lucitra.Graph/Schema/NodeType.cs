using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>The Node interface of the Relay specification.</summary>
internal sealed class NodeType : InterfaceGraphType
{
    public NodeType()
    {
        Name = "Node";
        Description = "An object that can be fetched again by its global identifier.";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The global identifier, opaque.");
    }
}
