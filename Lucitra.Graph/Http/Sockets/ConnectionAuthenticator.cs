using System.Text.Json;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// Decides about a WebSocket by the payload of its <c>connection_init</c>, null when it has none. It may set
/// <see cref="HttpContext.User"/>, which later operations run as; false closes the connection with 4403. Register
/// one as a singleton to use it; without one every connection is accepted as the request's user.
/// </summary>
public delegate ValueTask<bool> ConnectionAuthenticator(
    HttpContext context, JsonElement? payload, CancellationToken cancellationToken);
