using System.Linq.Expressions;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>A filter input on an entity or on a list of them.</summary>
internal interface IFilterInput
{
    /// <summary>The condition that <paramref name="value"/> puts on <paramref name="instance"/>; null when it puts none.</summary>
    Expression? Build(Expression instance, object? value, FilterScope scope);
}
