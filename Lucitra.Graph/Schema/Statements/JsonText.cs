namespace Lucitra.Graph.Schema.Statements;

/// <summary>A value that is JSON already.</summary>
internal sealed record JsonText(byte[] Utf8);
