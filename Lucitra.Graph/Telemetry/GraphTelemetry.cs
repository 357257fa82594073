using System.Diagnostics;

namespace Lucitra.Graph.Telemetry;

/// <summary>The source of the server's own spans, and the name of its meter.</summary>
internal static class GraphTelemetry
{
    public const string Name = "Lucitra.Graph";

    public static ActivitySource Source { get; } = new(Name);
}
