using System.Text.Json.Nodes;

namespace Lucitra.Twin.Api;

/// <summary>What a call is answered with. Thrown answers go through <see cref="RefusedException"/>.</summary>
internal sealed record ApiAnswer(int Status, JsonNode? Body = null)
{
    /// <summary>Whether headers tell how much of the limits is left.</summary>
    public bool TellsLimits { get; init; } = true;

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Not JSON: what a proxy says.</summary>
    public string? Html { get; init; }
}

internal sealed class RefusedException(ApiAnswer answer) : Exception
{
    public ApiAnswer Answer => answer;
}
