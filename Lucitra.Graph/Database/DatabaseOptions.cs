namespace Lucitra.Graph.Database;

/// <summary>Section <c>Database</c>. The connection string is <c>ConnectionStrings:Lucitra</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The database to use. Default: Sqlite, which needs nothing installed and serves one process.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;
}

internal enum DatabaseProvider
{
    /// <summary>A file beside the program.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later.</summary>
    Postgres,
}
