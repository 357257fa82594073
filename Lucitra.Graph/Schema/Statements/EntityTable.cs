namespace Lucitra.Graph.Schema.Statements;

/// <summary>Where an entity is in the database.</summary>
/// <param name="Name">The table, quoted.</param>
/// <param name="Columns">By name of the property: its column, quoted. Only those whose value is kept as it is.</param>
/// <param name="Links">By name of the property: the way to another entity.</param>
/// <param name="Indexes">The first two columns of each index, quoted.</param>
internal sealed record EntityTable(
    string Name, IReadOnlyDictionary<string, string> Columns, IReadOnlyDictionary<string, TableLink> Links, IReadOnlyList<(string First, string Second)> Indexes);

/// <summary>A way from a table to another one.</summary>
/// <param name="Target">The entity at the other end.</param>
/// <param name="Through">The table of pairs in between, quoted, and the columns that join it here; null: the tables join directly.</param>
/// <param name="On">The columns that join the target: those of this table, or of the one in between, with those of the target.</param>
internal sealed record TableLink(Type Target, (string Table, IReadOnlyList<ColumnPair> On)? Through, IReadOnlyList<ColumnPair> On);

/// <summary>Two columns, quoted, that are equal in rows that belong together.</summary>
internal sealed record ColumnPair(string Left, string Right);
