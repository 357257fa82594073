namespace Lucitra.Graph.Owners;

/// <summary>A person or queue at HubSpot that contacts and deals are assigned to.</summary>
internal sealed class Owner
{
    /// <summary>The longest id of an owner.</summary>
    public const int MaxIdLength = 100;

    /// <summary>HubSpot's id of the owner (not of the user): what `ownerId` of contacts and deals holds.</summary>
    public required string Id { get; set; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The given name.</summary>
    public string? FirstName { get; set; }

    /// <summary>The family name.</summary>
    public string? LastName { get; set; }
}
