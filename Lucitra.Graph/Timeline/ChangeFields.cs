using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Timeline;

/// <summary>Subscription fields over the change feed.</summary>
internal static class ChangeFields
{
    private const string After = "after";

    /// <summary>The record of each change, read when the change is delivered.</summary>
    public static void OnChanged<T>(this ObjectGraphType subscription, ChangeFeed feed, string name, string description)
        where T : class =>
        subscription.AddField(new FieldType
        {
            Name = name,
            Description = description,
            Type = typeof(NonNullGraphType<EntityType<T>>),
            Arguments = new QueryArguments(new QueryArgument<StringGraphType>
            {
                Name = After,
                Description = "First the changes after this cursor, then those that come, with no gap and no repetition. Every answer brings its cursor in `extensions.cursor`. Left out: from now on.",
            }),
            StreamResolver = new SourceStreamResolver<Delivery>(context => feed.Of(
                typeof(T).Name,
                context.GetArgument<string?>(After) is { } cursor ? ChangePosition.Of(After, cursor) : null,
                SharedSelection.Of(context, place: After))),
            Resolver = new FuncFieldResolver<object?>(ReadAsync<T>),
        });

    private static async ValueTask<object?> ReadAsync<T>(IResolveFieldContext context)
        where T : class
    {
        var delivery = (Delivery)context.Source!;
        delivery.EnterSpan();
        context.OutputExtensions["cursor"] = delivery.Change.At.ToCursor();
        return await context.Entity<T>().Load(context, delivery.Change.RecordId).GetResultAsync(context.CancellationToken);
    }
}
