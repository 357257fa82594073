using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Schema.Filters;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Statements;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lucitra.Graph.Schema;

/// <summary>The schema and what its types are made of.</summary>
internal static class EntitySchemaModule
{
    public static IServiceCollection AddEntitySchema(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PagingOptions>().Bind(configuration.GetSection(PagingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        foreach (var type in typeof(EntitySchemaModule).Assembly.GetTypes().Where(IsPlainGraphType))
            services.TryAddSingleton(type);
        services.AddSingleton(typeof(EntityType<>));
        services.AddSingleton(typeof(EnumType<>));
        services.AddSingleton(typeof(RecordType<>));
        services.AddSingleton(typeof(RecordSortInputType<>));
        services.AddSingleton(typeof(FilterInputType<>));
        services.AddSingleton(typeof(ListFilterInputType<>));
        services.AddSingleton(typeof(SortInputType<>));
        services.AddSingleton(typeof(ComparableOperationFilterInputType<>));
        services.AddSingleton(typeof(EnumOperationFilterInputType<>));
        services.AddSingleton(typeof(AggregatePageType<>));
        services.AddSingleton(typeof(AggregateSortInputType<>));
        services.AddSingleton(typeof(EntityFieldEnumType<>));
        services.AddSingleton(typeof(GroupByInputType<>));
        services.AddSingleton(typeof(HavingInputType<>));
        services.AddSingleton(typeof(InputType<>));
        services.AddSingleton(typeof(ErrorType<>));
        services.TryAddSingleton<StatementReader>();
        return services
            .AddSingleton<Batches>()
            .AddSingleton<KeyedRead>()
            .AddSingleton<EntityReader>()
            .AddSingleton<AggregateField>()
            .AddSingleton<EntityTables>()
            .AddSingleton<ReadPlans>()
            .AddSingleton<KnownOperation>()
            .AddSingleton<StatementStrategy>()
            .AddSingleton(provider => new ExecutionStrategyRegistration(provider.GetRequiredService<StatementStrategy>(), OperationType.Query))
            .AddSingleton<ISchemaModule, NodeQueries>()
            .AddSingleton<ISchema, LucitraSchema>();
    }

    private static bool IsPlainGraphType(Type type) =>
        type is { IsAbstract: false, IsGenericType: false } && typeof(IGraphType).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null;
}
