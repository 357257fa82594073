using System.Linq.Expressions;

namespace Lucitra.Graph.Schema;

/// <summary>Puts one expression in the place of another.</summary>
internal sealed class Rebind(Expression from, Expression to) : ExpressionVisitor
{
    /// <summary>The body of a lambda about <paramref name="instance"/> instead of its own parameter.</summary>
    public static Expression To(Expression instance, LambdaExpression lambda) =>
        new Rebind(lambda.Parameters[0], instance).Visit(lambda.Body)!;

    public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
}
