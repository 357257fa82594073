using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Database;

/// <summary>Section <c>Database</c>. The connection string is <c>ConnectionStrings:Lucitra</c>.</summary>
internal sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>The database to use. Default: Sqlite, which needs nothing installed and serves one process.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// On PostgreSQL: most statements that each connection keeps prepared, those that come often; each execution is planned for its
    /// own values (`plan_cache_mode`), apart from writes to records and reads by a key or in the order of a column, which half of the
    /// connections of a process with the role `Api` plan once. 0 keeps none, which a pooler in front that shares connections between
    /// transactions may need. A connection string with `Max Auto Prepare` or `Options` goes before.
    /// Default 100; 0 to 1000.
    /// </summary>
    [Range(0, 1000)]
    public int MaxPreparedStatements { get; set; } = 100;
}

internal enum DatabaseProvider
{
    /// <summary>A file beside the program.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later.</summary>
    Postgres,
}
