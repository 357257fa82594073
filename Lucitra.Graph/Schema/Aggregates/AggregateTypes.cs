using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>A page of groups.</summary>
internal sealed record AggregatePage(IReadOnlyList<AggregateGroup> Groups, bool HasNextPage);

/// <summary>A group: the values of its keys by column, and its figures.</summary>
internal sealed record AggregateGroup(IReadOnlyDictionary<string, object?> Keys, IReadOnlyDictionary<Measure, object?> Figures);

/// <summary>The GraphQL type of <see cref="AggregatePage"/>.</summary>
internal sealed class AggregatePageType<T> : ObjectGraphType<AggregatePage>
    where T : class
{
    public AggregatePageType(EntityType<T> entity)
    {
        Name = $"{entity.Name}Aggregate";
        Description = $"Figures over objects of type {entity.Name}, in groups.";
        this.Access(AccessRule.Like<T>());
        AddField(new FieldType
        {
            Name = "groups",
            Description = "The groups of the page; without `groupBy`, one group of all objects.",
            ResolvedType = new NonNullGraphType(new ListGraphType(new NonNullGraphType(new AggregateGroupType<T>(entity)))),
            Resolver = new FuncFieldResolver<AggregatePage, object>(context => context.Source.Groups),
        });
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Description("Whether there are groups after the page.").Resolve(context => context.Source.HasNextPage);
    }
}

/// <summary>The GraphQL type of <see cref="AggregateGroup"/>.</summary>
internal sealed class AggregateGroupType<T> : ObjectGraphType<AggregateGroup>
    where T : class
{
    public AggregateGroupType(EntityType<T> entity)
    {
        Name = $"{entity.Name}AggregateGroup";
        Description = "A group and its figures.";
        this.Access(AccessRule.AsParent);
        Add("key", new KeyType(entity), "The values that the objects of the group have in common.", context => context.Source);
        foreach (var function in Enum.GetValues<AggregateFunction>())
        {
            if (function == AggregateFunction.Count)
                Field<NonNullGraphType<IntGraphType>>("count").Description(Measure.Describe(function)).Resolve(context => context.Source.Figures[Measure.Count]);
            else
                Add(Measure.NameOf(function), new FiguresType(entity, function), Measure.Describe(function), context => context.Source);
        }
    }

    private void Add(string name, IGraphType type, string? description, Func<GraphQL.IResolveFieldContext<AggregateGroup>, object?> resolve) => AddField(new FieldType
    {
        Name = name,
        Description = description,
        ResolvedType = new NonNullGraphType(type),
        Resolver = new FuncFieldResolver<AggregateGroup, object?>(resolve),
    });

    private sealed class KeyType : ObjectGraphType<AggregateGroup>
    {
        public KeyType(EntityType<T> entity)
        {
            Name = $"{entity.Name}AggregateKey";
            Description = "The keys of a group; null for a field that the grouping does not name. An instant that is grouped by a span of the calendar is the span's beginning.";
            this.Access(AccessRule.AsParent);
            foreach (var column in entity.Columns.Where(column => column.Ids is null))
            {
                Field(column.Name, Scalars.Of(column.Member.PropertyType))
                    .Description(Documentation.Of(column.Member))
                    .MaskedWithout(column.Scopes)
                    .Resolve(context => context.Source.Keys.GetValueOrDefault(column.Name));
            }
        }
    }

    private sealed class FiguresType : ObjectGraphType<AggregateGroup>
    {
        public FiguresType(EntityType<T> entity, AggregateFunction function)
        {
            Name = $"{entity.Name}{function}";
            Description = Measure.Describe(function);
            this.Access(AccessRule.AsParent);
            foreach (var column in entity.Columns.Where(column => Measure.Applies(function, column)))
            {
                var measure = new Measure(function, column);
                Field(column.Name, Scalars.Of(Measure.TypeOf(function, column)))
                    .Description(Documentation.Of(column.Member))
                    .MaskedWithout(function is AggregateFunction.Min or AggregateFunction.Max ? column.Scopes : Scopes.None)
                    .Resolve(context => context.Source.Figures[measure]);
            }
        }
    }
}
