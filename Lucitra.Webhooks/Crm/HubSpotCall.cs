namespace Lucitra.Webhooks.Crm;

/// <summary>One call to HubSpot's API.</summary>
/// <param name="Operation">Its name in metrics and errors, from a bounded set: never with an id.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">Sent as JSON; null for none.</param>
internal sealed record HubSpotCall(string Operation, HttpMethod Method, string Path, object? Body = null)
{
    /// <summary>Whether doing it twice comes to the same as doing it once.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>Searches have a limit of their own.</summary>
    public bool IsSearch { get; init; }
}
