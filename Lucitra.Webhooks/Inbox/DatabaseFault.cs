namespace Lucitra.Webhooks.Inbox;

/// <summary>What an exception says about the database.</summary>
public enum DatabaseFault
{
    /// <summary>Not a fault of the database, or one that the same statement would meet again.</summary>
    None,

    /// <summary>Another transaction was first (unique key, stale version, deadlock, serialization): run the transaction again.</summary>
    Conflict,

    /// <summary>The database could not be reached, is full, or is shutting down: wait, then run the transaction again.</summary>
    Unavailable,
}
