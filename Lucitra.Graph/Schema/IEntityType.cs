using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>An entity's object type, where its CLR type is not known at compile time.</summary>
internal interface IEntityType : IObjectGraphType
{
    EntityColumn Key { get; }

    /// <summary>The object with this key, read together with all others that the same field of the same request asks for; null when there is none.</summary>
    IDataLoaderResult Load(IResolveFieldContext context, object key);
}
