namespace Lucitra.Graph.Database;

/// <summary>Rows to put into a table at once, past change tracking: whoever does it sees to what follows from them.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The columns that are given.</param>
/// <param name="Rows">The values of each row, in the order of the columns; made as they are written.</param>
internal sealed record BulkTable(string Name, IReadOnlyList<string> Columns, IEnumerable<object?[]> Rows);

/// <summary>A value that is a JSON document.</summary>
internal sealed record JsonText(string Text);
