using System.Linq.Expressions;
using System.Text;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>A filter input on an entity or on a list of them.</summary>
internal interface IFilterInput
{
    /// <summary>The condition that <paramref name="value"/> puts on <paramref name="instance"/>; null when it puts none.</summary>
    Expression? Build(Expression instance, object? value, FilterScope scope);

    /// <summary>Writes the condition that <paramref name="value"/> puts on what <paramref name="link"/> leads to from <paramref name="place"/>.</summary>
    void Write(StringBuilder sql, SqlPlace place, EntityLink link, object value, FilterScope scope);
}
