using GraphQL.Types;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Everything about deals and the pipelines they go through.</summary>
internal static class DealsModule
{
    public static IServiceCollection AddDeals(this IServiceCollection services) => services
        .AddSingleton<IEntityDefinition<Deal>, DealType>()
        .AddSingleton<IEntityDefinition<Pipeline>, PipelineType>()
        .AddSingleton<IEntityDefinition<DealStage>, DealStageType>()
        .AddSingleton<DealMutations>()
        .AddSingleton<ISchemaModule, DealFields>()
        .AddScoped<IHubSpotEventHandler, DealEventHandler>()
        .AddScoped<IRecordSnapshots, DealSnapshots>();

    public static void MapDeals(this RestEndpoints rest)
    {
        rest.Get("/deals", "ListDeals");
        rest.Get("/deals/{id}", "GetDeal");
        rest.Post("/deals", "CreateDeal");
        rest.Patch("/deals/{id}", "UpdateDeal");
        rest.Put("/deals/{id}", "UpdateDeal");
        rest.Delete("/deals/{id}", "ArchiveDeal");
        rest.Post("/deals/{id}/restore", "RestoreDeal");
    }
}

/// <summary>What deals add to the schema.</summary>
internal sealed class DealFields(EntityReader reader, AggregateField aggregates, DealMutations mutations, ChangeFeed feed) : ISchemaModule
{
    private const string Searched = "name and owner";

    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<Deal>(reader, "deals", "The deals. Archived ones are left out unless `where` names `archivedAt`.", Searched);
        query.ById<Deal>("dealById", "The deal with this id, archived or not; null when there is none.");
        query.Connection<Pipeline>(reader, "pipelines", "The pipelines of deals.");
        query.AddField(aggregates.Of<Deal>("dealsAggregate", "Figures over the deals, in groups. Archived ones are left out unless `where` names `archivedAt`.", Searched));
        mutations.Extend(mutation);
        subscription.OnChanged<Deal>(feed, "onDealChanged", "A deal, each time it was created, changed or archived, as it is by then.");
    }
}
