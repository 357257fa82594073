namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>Takes what records count for: into sums to be stored, or straight into the answer to a question.</summary>
internal interface IRollupTarget
{
    /// <summary>Counts a record.</summary>
    /// <param name="figure">For what.</param>
    /// <param name="owner">Its owner, as <see cref="RollupSums.Of"/> gives it; null for what has none.</param>
    /// <param name="at">When it counts.</param>
    /// <param name="pipeline">Its pipeline.</param>
    /// <param name="key">What the figure says.</param>
    /// <param name="detail">What the figure says.</param>
    /// <param name="count">1, or -1 to take it back.</param>
    /// <param name="amount">Its money.</param>
    /// <param name="grains">By which spans it is kept; none for all.</param>
    void Add(RollupFigure figure, string? owner, DateTime? at, string? pipeline, string? key, string? detail, int count, decimal amount, params RollupGrain[] grains);
}
