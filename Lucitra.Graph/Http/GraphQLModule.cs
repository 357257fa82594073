using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQLParser.AST;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Graph.Http.OpenApi;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Http.Sockets;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Subscriptions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http;

public static class GraphQLModule
{
    /// <summary>Registers what runs and carries GraphQL operations; the schema itself is registered by its owner.</summary>
    public static IServiceCollection AddGraphQLServer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GraphQLOptions>()
            .Bind(configuration.GetSection(GraphQLOptions.Section))
            .PostConfigure<IHostEnvironment>((options, environment) => options.AllowIntrospection ??= !environment.IsProduction())
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<ExplorerOptions>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddGraphQL(graphql => graphql.AddErrorInfoProvider<ErrorMapping>().ConfigureSchema((schema, provider) =>
        {
            schema.Directives.Register(new CostDirective(), new ListSizeDirective());
            schema.RegisterVisitor(new CostWeights(provider.GetRequiredService<IOptions<PagingOptions>>().Value));
        }));
        services.AddSingleton<SharingStrategy>();
        services.AddSingleton(provider => new ExecutionStrategyRegistration(provider.GetRequiredService<SharingStrategy>(), OperationType.Subscription));
        services.AddRateLimits(configuration);
        services.AddSingleton<CostGate>();
        services.AddSingleton<IConfigureExecution, ValidatedDocuments>();
        services.AddSingleton<DocumentScreen>();
        services.AddSingleton<DocumentCache>();
        services.AddSingleton<DocumentCheck>();
        services.AddSingleton<TrustedDocuments>();
        services.AddSingleton<StoredDocuments>();
        services.AddSingleton<OperationTelemetry>();
        services.AddSingleton<SubscriptionQuota>();
        services.AddSingleton<GraphQLExecutor>();
        services.AddSingleton<ClientOperations>();
        services.AddHostedService<TrustedDocumentCheck>();

        services.AddSingleton<IResponseCompressionProvider, JsonCompression>();
        services.AddResponseCompression(JsonCompression.Configure);
        services.AddSingleton<ResultJson>();
        services.AddSingleton<EventStreamResponse>();
        services.AddSingleton<BatchResponse>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<SchemaDocument>();
        services.AddSingleton<SocketOperationRunner>();
        services.AddSingleton<SocketEndpoint>();
        services.AddSingleton<ExplorerEndpoint>();

        services.TryAddSingleton<RestDocumentSource>(RestDocuments.ReadEmbedded);
        services.AddSingleton<RestDocuments>();
        services.AddSingleton<RestProblem>();
        services.AddSingleton<RestExecutor>();
        services.AddOpenApi();
        services.AddHostedService<RestDocumentCheck>();
        return services;
    }

    /// <summary>Maps <c>/graphql</c> for HTTP and WebSocket, the schema's text, and the explorer.</summary>
    public static IEndpointConventionBuilder MapGraphQLServer(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/graphql");
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(HandleAsync);

        group.MapMethods("", [HttpMethods.Get, HttpMethods.Post, HttpMethods.Connect], pipeline.Build());
        group.MapGet("schema", (HttpContext context, SchemaDocument schema) => schema.HandleAsync(context));
        group.MapGet("schema.graphql", (HttpContext context, SchemaDocument schema) => schema.HandleAsync(context));
        group.MapGet("{**file}", (HttpContext context, ExplorerEndpoint explorer, string file) => explorer.HandleFileAsync(context, file))
            .AllowAnonymous();
        return group;
    }

    private static Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (context.WebSockets.IsWebSocketRequest)
            return services.GetRequiredService<SocketEndpoint>().HandleAsync(context);
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Query.ContainsKey("sdl"))
            return services.GetRequiredService<SchemaDocument>().HandleAsync(context);
        if (HttpMethods.IsGet(context.Request.Method) && MediaTypes.AcceptsHtml(context.Request) && !context.Request.Query.ContainsKey("query"))
            return services.GetRequiredService<ExplorerEndpoint>().HandlePageAsync(context);

        return services.GetRequiredService<GraphQLEndpoint>().HandleAsync(context);
    }
}
