using GraphQL.Types;
using Lucitra.Graph.Schema;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>Brings what is written here to HubSpot.</summary>
internal static class WriteBackModule
{
    public static IServiceCollection AddWriteBack(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WriteBackOptions>().Bind(configuration.GetSection(WriteBackOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IEntityDefinition<HubSpotSync>, HubSpotSyncType>()
            .AddSingleton<Outbox>()
            .AddSingleton<OutboxSignal>()
            .AddSingleton<OutboxMutations>()
            .AddSingleton<ISchemaModule, WriteBackFields>()
            .AddScoped<OpenCreations>();
    }

    /// <summary>The role that sends.</summary>
    public static IServiceCollection AddWriteBackWorker(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<WriteBackOptions>, WriteBackValidation>()
        .AddSingleton<CreatedRecords>()
        .AddSingleton<RecordSender>()
        .AddSingleton<OutboxSender>()
        .AddSettlement()
        .AddHostedService<OutboxSending>();

    /// <summary>What is to be sent, and what became of it: all of sending but the calls.</summary>
    public static IServiceCollection AddSettlement(this IServiceCollection services) => services
        .AddSingleton<OutboxSchedule>()
        .AddScoped<IOutgoingRecords, OutgoingContacts>()
        .AddScoped<IOutgoingRecords, OutgoingDeals>()
        .AddScoped<SentLinks>()
        .AddScoped<Settlement>();
}

/// <summary>What write-back adds to the schema.</summary>
internal sealed class WriteBackFields(OutboxMutations mutations) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription) => mutations.Extend(mutation);
}
