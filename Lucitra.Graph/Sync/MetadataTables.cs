using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Records;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>The tables that hold HubSpot's metadata, loaded whole to be brought up to date. Does not save.</summary>
internal sealed class MetadataTables
{
    private readonly LucitraDbContext _db;
    private readonly Dictionary<(RecordType Type, string Name), PropertyDefinition> _properties;
    private readonly Dictionary<string, Pipeline> _pipelines;
    private readonly Dictionary<string, DealStage> _stages;
    private readonly Dictionary<string, Owner> _owners;
    private readonly HashSet<string> _told = [];

    private MetadataTables(LucitraDbContext db, List<PropertyDefinition> properties, List<Pipeline> pipelines, List<DealStage> stages, List<Owner> owners)
    {
        _db = db;
        _properties = properties.ToDictionary(one => (one.ObjectType, one.Name));
        _pipelines = pipelines.ToDictionary(one => one.Id);
        _stages = stages.ToDictionary(one => one.Id);
        _owners = owners.ToDictionary(one => one.Id);
    }

    public static async Task<MetadataTables> LoadAsync(LucitraDbContext db, CancellationToken cancellationToken) => new(
        db,
        await db.PropertyDefinitions.ToListAsync(cancellationToken),
        await db.Pipelines.ToListAsync(cancellationToken),
        await db.DealStages.ToListAsync(cancellationToken),
        await db.Owners.ToListAsync(cancellationToken));

    public void Take(PortalMetadata metadata)
    {
        Take(RecordType.Contact, metadata.ContactProperties);
        Take(RecordType.Deal, metadata.DealProperties);
        foreach (var pipeline in metadata.Pipelines.Where(one => one.Id.Length <= Pipeline.MaxIdLength))
            Take(pipeline);
        foreach (var owner in metadata.Owners.Where(one => one.Id.Length <= Owner.MaxIdLength))
            Take(owner);
    }

    /// <summary>Drops pipelines and stages that no account told and no deal names: what a deal names keeps its label.</summary>
    public async Task DropUnusedAsync(CancellationToken cancellationToken)
    {
        foreach (var stage in _stages.Values.Where(one => !_told.Contains(one.Id)).ToList())
        {
            if (!await _db.Deals.AnyAsync(deal => deal.StageId == stage.HubSpotId && (deal.PipelineId == stage.PipelineId || deal.PipelineId == null), cancellationToken))
            {
                _db.Remove(stage);
                _stages.Remove(stage.Id);
            }
        }

        foreach (var pipeline in _pipelines.Values.Where(one => !_told.Contains(one.Id) && _stages.Values.All(stage => stage.PipelineId != one.Id)))
        {
            if (!await _db.Deals.AnyAsync(deal => deal.PipelineId == pipeline.Id, cancellationToken))
                _db.Remove(pipeline);
        }
    }

    private void Take(RecordType type, IReadOnlyList<HubSpotProperty> properties)
    {
        foreach (var property in properties.Where(one => one.Name.Length <= PropertyDefinition.MaxNameLength && !OwnProperties.Contains(one.Name)))
        {
            if (!_properties.TryGetValue((type, property.Name), out var definition))
            {
                definition = new PropertyDefinition { Id = Guid.CreateVersion7(), ObjectType = type, Name = property.Name };
                _properties[(type, property.Name)] = definition;
                _db.Add(definition);
            }

            (definition.Type, definition.Label) = (TypeOf(property), Fit(property.Label));
        }
    }

    private void Take(HubSpotPipeline told)
    {
        if (!_pipelines.TryGetValue(told.Id, out var pipeline))
            _db.Add(_pipelines[told.Id] = pipeline = new Pipeline { Id = told.Id, Label = told.Label });
        (pipeline.Label, pipeline.DisplayOrder) = (told.Label, told.DisplayOrder);
        _told.Add(told.Id);

        foreach (var stage in told.Stages.Where(one => one.Id.Length <= Pipeline.MaxIdLength))
            Take(told.Id, stage);
    }

    private void Take(string pipelineId, HubSpotStage told)
    {
        var id = DealStage.IdOf(pipelineId, told.Id);
        if (!_stages.TryGetValue(id, out var stage))
            _db.Add(_stages[id] = stage = new DealStage { Id = id, PipelineId = pipelineId, HubSpotId = told.Id, Label = told.Label });
        (stage.Label, stage.DisplayOrder, stage.Probability) = (told.Label, told.DisplayOrder, told.Probability ?? 0);
        (stage.IsClosed, stage.IsWon) = (told.IsClosed, told is { IsClosed: true, Probability: 1 });
        _told.Add(id);
    }

    private void Take(HubSpotOwner told)
    {
        if (!_owners.TryGetValue(told.Id, out var owner))
            _db.Add(_owners[told.Id] = owner = new Owner { Id = told.Id });
        (owner.Email, owner.FirstName, owner.LastName) = (Fit(told.Email), Fit(told.FirstName), Fit(told.LastName));
    }

    private static PropertyType TypeOf(HubSpotProperty property) => property.Type switch
    {
        "number" => PropertyType.Number,
        "bool" => PropertyType.Boolean,
        "date" => PropertyType.Date,
        "datetime" => PropertyType.Datetime,
        "enumeration" => PropertyType.Enumeration,
        _ => PropertyType.String,
    };

    private static string? Fit(string? text) => string.IsNullOrEmpty(text) ? null : text[..Math.Min(text.Length, PropertyColumn.MaxTextLength)];
}
