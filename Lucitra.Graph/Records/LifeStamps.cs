namespace Lucitra.Graph.Records;

/// <summary>Stamps that belong to a record's life, not to a property. No HubSpot property name starts so.</summary>
internal static class LifeStamps
{
    public const string Created = "$created";
    public const string Archived = "$archived";
}
