using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Filters;
using Lucitra.Graph.Schema.Paging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>Root fields that answer with figures over groups of objects, one SQL statement each.</summary>
internal sealed class AggregateField(IDbContextFactory<LucitraDbContext> contexts, KeptReads kept, IOptions<PagingOptions> options)
{
    private const int BytesOfValue = 128;

    public FieldType Of<T>(string name, string description, string searched, Scopes searching = Scopes.None)
        where T : class => new()
        {
            Name = name,
            Description = description,
            Type = typeof(NonNullGraphType<AggregatePageType<T>>),
            Arguments = new QueryArguments(
                new QueryArgument<FilterInputType<T>> { Name = "where", Description = "Which objects to take in." },
                SearchArgument.Of(searched, searching),
                new QueryArgument<ListGraphType<NonNullGraphType<GroupByInputType<T>>>> { Name = "groupBy", Description = $"The keys of the grouping, at most {GroupKey.MaxKeys}; left out: one group of all." },
                new QueryArgument<HavingInputType<T>> { Name = "having", Description = "Which groups to keep." },
                new QueryArgument<ListGraphType<NonNullGraphType<AggregateSortInputType<T>>>> { Name = "order", Description = "By what to sort the groups, the most important first; ties go by the keys." },
                new QueryArgument<IntGraphType> { Name = "first", Description = "How many groups to return." },
                new QueryArgument<IntGraphType> { Name = "offset", Description = "How many groups to pass over first." }),
            Resolver = new FuncFieldResolver<object>(async context => await ReadAsync<T>(context)),
        };

    private async Task<AggregatePage> ReadAsync<T>(IResolveFieldContext context)
        where T : class
    {
        var keys = GroupKey.In(context.GetArgument<object?>("groupBy"));
        var measures = Selected(context, context.Entity<T>());
        var size = PageRequest.Of(context, options.Value).Size;
        var offset = context.GetArgument<int?>("offset") ?? 0;
        if (offset < 0)
            throw new CodedError(ErrorCodes.NegativePageSize, "`offset` must be at least 0.");

        var question = new Question(typeof(T), size, measures, context.Arguments?.Select(argument => new[] { argument.Key, argument.Value.Value }));
        var bytesOfGroup = BytesOfValue * (keys.Count + measures.Count);
        return await kept.ReadAsync(
            question, () => ReadAloneAsync<T>(context, keys, measures, size, offset), page => bytesOfGroup * page.Groups.Count, context.CancellationToken);
    }

    private async Task<AggregatePage> ReadAloneAsync<T>(IResolveFieldContext context, List<GroupKey> keys, List<Measure> measures, int size, int offset)
        where T : class
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var filter = ((FilterInputType<T>)context.ArgumentType("where"))
            .Argument(context.GetArgument<IDictionary<string, object?>?>("where"), options.Value.MaxFilterOperations);
        var source = filter is null ? db.Set<T>().AsNoTracking() : db.Set<T>().AsNoTracking().Where(filter);
        if (SearchArgument.Hits<T>(db, SearchArgument.Words(context)) is { } hits)
            source = source.Where(SearchArgument.IsFound<T>(hits, context.Entity<T>().Key));

        var query = new AggregateQuery<T>(keys, measures, db.SortsNullsLast);
        query.Order.AddRange(((AggregateSortInputType<T>)context.ArgumentType("order")).Argument(context.GetArgument<object?>("order"), keys));
        var having = ((HavingInputType<T>)context.ArgumentType("having"))
            .Argument(query.GroupType(), context.GetArgument<IDictionary<string, object?>?>("having"), options.Value.MaxFilterOperations);
        var rows = await query.On(source, having, offset, size + 1).ToListAsync(context.CancellationToken);

        // No objects make no group, yet without keys the question is about all of them.
        if (rows.Count == 0 && keys.Count == 0 && having is null && offset == 0 && size > 0)
            rows.Add([.. measures.Select(measure => measure.OfNothing)]);

        var groups = rows.Take(size).Select(row => new AggregateGroup(
            keys.Select((key, index) => (key.Column.Name, Value: row[index])).ToDictionary(pair => pair.Name, pair => pair.Value),
            measures.Select((measure, index) => (measure, Value: row[keys.Count + index])).ToDictionary(pair => pair.measure, pair => pair.Value)));
        return new AggregatePage([.. groups], rows.Count > size);
    }

    private static List<Measure> Selected<T>(IResolveFieldContext context, EntityType<T> entity)
        where T : class
    {
        var fields = context.FieldAst.SelectionSet.Fields(context).Fields("groups", context).ToList();
        var measures = new HashSet<Measure> { Measure.Count };
        foreach (var function in Enum.GetValues<AggregateFunction>())
        {
            foreach (var name in fields.Fields(Measure.NameOf(function), context).Names())
            {
                if (entity.Columns.FirstOrDefault(column => column.Name == name) is { } column)
                    measures.Add(new Measure(function, column));
            }
        }

        return [.. measures];
    }
}
