using System.Reflection;

namespace Lucitra.Graph.Telemetry;

/// <summary>How logs, traces and error reports name this process: as Cloud Run does, elsewhere by the program.</summary>
internal sealed record ServiceIdentity(string Name, string Version)
{
    public static ServiceIdentity Of(IConfiguration configuration) => new(
        Set(configuration["OTEL_SERVICE_NAME"]) ?? Set(configuration["K_SERVICE"]) ?? "lucitra",
        typeof(ServiceIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private static string? Set(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
