namespace Lucitra.Graph.Database;

/// <summary>A record that a search found.</summary>
/// <param name="Id">The record.</param>
/// <param name="Rank">How well it matches; the best has the greatest.</param>
internal sealed record SearchHit(Guid Id, double Rank);
