using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Maps routes to GraphQL documents: <c>rest.Get("/contacts", "ListContacts")</c> answers with what
/// <c>Rest/ListContacts.graphql</c> selects as <c>result</c>. Query parameters, route values and members of the JSON
/// body become the operation's variables by name; a variable called <c>input</c> takes the whole body, and the
/// route's <c>id</c> with it. A POST to a route below which a GET finds records by <c>{id}</c> answers 201 with a
/// <c>Location</c>. HEAD, OPTIONS and the other methods of a route come by themselves.
/// </summary>
public sealed class RestEndpoints
{
    private readonly IEndpointRouteBuilder _endpoints;
    private readonly string _prefix;
    private readonly RestDocuments _documents;
    private readonly RestExecutor _executor;

    internal RestEndpoints(IEndpointRouteBuilder endpoints, string prefix)
    {
        _endpoints = endpoints.MapGroup(prefix);
        _prefix = prefix;
        _documents = endpoints.ServiceProvider.GetRequiredService<RestDocuments>();
        _executor = endpoints.ServiceProvider.GetRequiredService<RestExecutor>();
        _endpoints.Map("{**path}", RestProblem.WriteNoRouteAsync).WithOrder(int.MaxValue);
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

        var mapped = new RestRoute(method, _prefix + route, document);
        if (_documents.Routes.All(other => other.Pattern != mapped.Pattern))
            _endpoints.Map(route, (HttpContext context) => _executor.HandleOtherMethodAsync(context, mapped.Pattern));
        _documents.Add(mapped);
        string[] methods = isQuery ? [method, HttpMethods.Head] : [method];
        return _endpoints.MapMethods(route, methods, (HttpContext context) => _executor.HandleAsync(context, mapped));
    }
}

public static class RestEndpointsExtensions
{
    /// <summary>Starts a set of REST endpoints below a path, as <c>/api/v1</c>.</summary>
    public static RestEndpoints MapRest(this IEndpointRouteBuilder endpoints, string prefix) => new(endpoints, prefix);
}
