using System.Security.Claims;

namespace Lucitra.Graph.Http;

/// <summary>
/// Watches the caller of an open connection, until the result is disposed: calls <paramref name="refuse"/> once the caller is let in
/// no more. Register one as a singleton to use it; without one a connection stays as long as its client does.
/// </summary>
public delegate IDisposable CallerWatch(ClaimsPrincipal caller, Action refuse);
