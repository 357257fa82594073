namespace Lucitra.Webhooks;

/// <summary>Kinds of fact that handlers name.</summary>
public static class HubSpotEventKinds
{
    public const string Creation = "creation";
    public const string PropertyChange = "propertyChange";
    public const string Deletion = "deletion";
    public const string Restore = "restore";
    public const string PrivacyDeletion = "privacyDeletion";
    public const string Merge = "merge";
    public const string AssociationChange = "associationChange";

    /// <summary>Whether an event of this kind says nothing without the id of its object.</summary>
    internal static bool NeedsObjectId(string kind) => kind is Creation or PropertyChange or Deletion or Restore or PrivacyDeletion;

    /// <summary>Whether <see cref="HubSpotEvent"/> has a place for everything that tells two facts of this kind apart.</summary>
    internal static bool IsKnown(string kind) => NeedsObjectId(kind) || kind is Merge or AssociationChange;
}
