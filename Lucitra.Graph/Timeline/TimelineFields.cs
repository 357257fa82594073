using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Timeline;

/// <summary>What the log of changes adds to the schema.</summary>
internal sealed class TimelineFields(ChangeLog log) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription) =>
        query.Field<NonNullGraphType<StringGraphType>>("changesCursor")
            .Description("The present end of the log of changes. Take it in a request before you read, and subscribe with `after` it: nothing is missed in between.")
            .Access(AccessRule.SignedIn)
            .ResolveAsync(async context => (await log.EndAsync(context.CancellationToken)).ToCursor());
}
