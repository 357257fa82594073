namespace Lucitra.Graph.Http.Rest;

/// <summary>A method of a route, and the document that answers it.</summary>
/// <param name="Method">The HTTP method; <c>GET</c> stands for <c>HEAD</c> too.</param>
/// <param name="Pattern">The path, with parameters as <c>/api/v1/contacts/{id}</c>.</param>
/// <param name="Document">The document.</param>
internal sealed record RestRoute(string Method, string Pattern, RestDocument Document);
