using Lucitra.Graph.Links;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Sync;

/// <summary>Everything that keeps records equal to HubSpot's, beyond what its events tell.</summary>
internal static class SyncModule
{
    public static IServiceCollection AddSync(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SyncOptions>().Bind(configuration.GetSection(SyncOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ReadSignal>()
            .AddSingleton<ReadableProperties>()
            .AddSingleton<RecordReader>()
            .AddSingleton<MetadataSignal>()
            .AddSingleton<HubSpotMetadata>()
            .AddSingleton<SyncCheckpoints>()
            .AddSingleton<PatientCalls>()
            .AddSingleton<Reconciliation>()
            .AddSingleton<RecordComparison>()
            .AddTransient<Backfill>()
            .AddScoped<RecordReads>()
            .AddScoped<RecordLinks>()
            .AddScoped<RecordErasure>()
            .AddScoped<RecordEventServices>();
    }

    /// <summary>The role that reads from HubSpot what events left in doubt or did not tell.</summary>
    public static IServiceCollection AddSyncWorker(this IServiceCollection services) => services
        .AddHostedService<RecordReading>()
        .AddHostedService<MetadataReading>()
        .AddHostedService<Reconciling>();
}
