using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Timeline;

/// <summary>Subscription fields over the change feed.</summary>
internal static class ChangeFields
{
    /// <summary>The record of each change, read when the change is delivered.</summary>
    public static void OnChanged<T>(this ObjectGraphType subscription, ChangeFeed feed, string name, string description)
        where T : class =>
        subscription.AddField(new FieldType
        {
            Name = name,
            Description = description,
            Type = typeof(NonNullGraphType<EntityType<T>>),
            StreamResolver = new SourceStreamResolver<Delivery>(_ => feed.Of(typeof(T).Name)),
            Resolver = new FuncFieldResolver<object?>(ReadAsync<T>),
        });

    private static async ValueTask<object?> ReadAsync<T>(IResolveFieldContext context)
        where T : class
    {
        var delivery = (Delivery)context.Source!;
        try
        {
            return await context.Entity<T>().Load(context, delivery.Change.RecordId).GetResultAsync(context.CancellationToken);
        }
        finally
        {
            delivery.MarkRead();
        }
    }
}
