using System.Reflection;

namespace Lucitra.Graph.Schema;

/// <summary>A column of an entity as clients see it.</summary>
/// <param name="Name">The GraphQL name.</param>
/// <param name="Member">The property of the entity.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Ids">How clients write its values, when it is the key.</param>
internal sealed record EntityColumn(string Name, PropertyInfo Member, bool Nullable, NodeIds? Ids);

/// <summary>A way from an entity to another one, or to many.</summary>
/// <param name="Name">The GraphQL name.</param>
/// <param name="Member">The navigation property.</param>
/// <param name="Target">The entity at the other end.</param>
internal sealed record EntityLink(string Name, PropertyInfo Member, Type Target);
