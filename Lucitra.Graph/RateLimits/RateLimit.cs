using System.Globalization;

namespace Lucitra.Graph.RateLimits;

/// <summary>A limit: what is counted, and how much of it a minute.</summary>
/// <param name="Name">Its name in the headers <c>RateLimit</c> and <c>RateLimit-Policy</c>.</param>
/// <param name="Quota">How much a minute, and at once.</param>
/// <param name="Setting">The setting that says so.</param>
/// <param name="Unit">What is counted, where it is not requests.</param>
internal sealed record RateLimit(string Name, int Quota, string Setting, string? Unit = null)
{
    public const int WindowSeconds = 60;

    /// <summary>The limit as the header <c>RateLimit-Policy</c> says it.</summary>
    public string Policy { get; } = string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";q={Quota};w={WindowSeconds}{(Unit is null ? "" : $";qu=\"{Unit}\"")}");
}

/// <summary>How a limit stands for one caller or address.</summary>
/// <param name="Allowed">Whether what was asked for was there, and is taken.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="Full">How long until nothing is used, when nothing more is taken.</param>
/// <param name="Retry">How long until what was asked for is there; zero when it was taken.</param>
internal readonly record struct RateState(bool Allowed, double Remaining, TimeSpan Full, TimeSpan Retry);
