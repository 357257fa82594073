using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Timeline;

/// <summary>Changes of records, as they are committed.</summary>
internal static class TimelineModule
{
    public static IServiceCollection AddTimeline(this IServiceCollection services) => services
        .AddSingleton<ChangeSignal>()
        .AddSingleton<Records.RecordJournal>()
        .AddHttpContextAccessor()
        .AddSingleton<Records.Idempotency>()
        .AddSingleton<Records.RecordCommands>()
        .AddSingleton<ChangeLog>()
        .AddSingleton<ISchemaModule, TimelineFields>()
        .AddSingleton<ChangeFeed>()
        .AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
}
