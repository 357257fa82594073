using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Maps routes to GraphQL documents: <c>rest.Get("/contacts", "ListContacts")</c> answers with what
/// <c>Rest/ListContacts.graphql</c> selects as <c>result</c>. Query parameters, route values and members of the JSON
/// body become the operation's variables by name; a variable called <c>input</c> takes the whole body, and the
/// route's <c>id</c> with it. A POST answers 201 with a <c>Location</c>.
/// </summary>
public sealed class RestEndpoints
{
    private readonly IEndpointRouteBuilder _endpoints;
    private readonly RestDocuments _documents;
    private readonly RestExecutor _executor;

    internal RestEndpoints(IEndpointRouteBuilder endpoints)
    {
        _endpoints = endpoints;
        _documents = endpoints.ServiceProvider.GetRequiredService<RestDocuments>();
        _executor = endpoints.ServiceProvider.GetRequiredService<RestExecutor>();
    }

    public IEndpointConventionBuilder Get(string route, string document) => Map(HttpMethods.Get, route, document);

    public IEndpointConventionBuilder Post(string route, string document) => Map(HttpMethods.Post, route, document);

    public IEndpointConventionBuilder Put(string route, string document) => Map(HttpMethods.Put, route, document);

    public IEndpointConventionBuilder Patch(string route, string document) => Map(HttpMethods.Patch, route, document);

    public IEndpointConventionBuilder Delete(string route, string document) => Map(HttpMethods.Delete, route, document);

    private IEndpointConventionBuilder Map(string method, string route, string name)
    {
        var document = _documents.Get(name);
        var isQuery = document.Operation.Operation == OperationType.Query;
        if (isQuery != HttpMethods.IsGet(method))
            throw new InvalidOperationException($"{method} {route} cannot run {name}: queries are for GET, mutations for the other methods.");

        return _endpoints
            .MapMethods(route, [method], (HttpContext context) => _executor.HandleAsync(context, document))
            .WithName(name);
    }
}

public static class RestEndpointsExtensions
{
    /// <summary>Starts a set of REST endpoints below a path, as <c>/api/v1</c>.</summary>
    public static RestEndpoints MapRest(this IEndpointRouteBuilder endpoints, string prefix) => new(endpoints.MapGroup(prefix));
}
