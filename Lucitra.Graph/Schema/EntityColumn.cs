using System.Linq.Expressions;
using System.Reflection;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema;

/// <summary>A column of an entity as clients see it.</summary>
/// <param name="Name">The GraphQL name.</param>
/// <param name="Member">The property of the entity.</param>
/// <param name="Read">Gives its value in an entity.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Ids">How clients write its values, when it is the key.</param>
/// <param name="Scopes">What a caller needs, beyond what the entity needs, to read its values, to filter or to sort by them.</param>
internal sealed record EntityColumn(string Name, PropertyInfo Member, Func<object, object?> Read, bool Nullable, NodeIds? Ids, Scopes Scopes = Scopes.None)
{
    /// <summary>The column in <paramref name="instance"/>; in an entity that may be missing, every column may be null.</summary>
    public (EntityColumn Column, Expression Value) In(Expression instance)
    {
        var value = Expression.Property(instance, Member);
        if (instance is ParameterExpression || Nullable)
            return (this, value);
        return (this with { Nullable = true }, value.Type.IsValueType ? Expression.Convert(value, typeof(Nullable<>).MakeGenericType(value.Type)) : value);
    }
}

/// <summary>A way from an entity to another one, or to many.</summary>
/// <param name="Name">The GraphQL name.</param>
/// <param name="Member">The navigation property.</param>
/// <param name="Target">The entity at the other end.</param>
internal sealed record EntityLink(string Name, PropertyInfo Member, Type Target);
