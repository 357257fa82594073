using System.Linq.Expressions;
using System.Reflection;

namespace Lucitra.Graph.Schema;

/// <summary>Reads only selected properties of an entity.</summary>
internal static class Projection
{
    /// <summary>A new entity with these properties of <paramref name="source"/> and nothing else.</summary>
    public static MemberInitExpression New(Expression source, IEnumerable<PropertyInfo> members) =>
        Expression.MemberInit(
            Expression.New(source.Type),
            members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => Expression.Bind(member, Expression.Property(source, member))));
}
