namespace Lucitra.Graph.Database;

/// <summary>Section <c>ConnectionStrings</c>.</summary>
internal sealed class ConnectionStrings
{
    public const string Section = "ConnectionStrings";

    /// <summary>
    /// How to reach the database. For SQLite, a relative path counts from the program's content root, and
    /// <c>lucitra-data/lucitra.db</c> is used when this is empty; PostgreSQL requires it.
    /// </summary>
    public string Lucitra { get; set; } = "";
}
