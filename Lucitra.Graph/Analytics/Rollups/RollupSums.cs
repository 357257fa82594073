using System.Runtime.InteropServices;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>Sums up what changes add to rollups and take from them. What comes to nothing is not there.</summary>
internal sealed class RollupSums : IRollupTarget
{
    private const int MaxTextLength = 100;

    // Sums of amounts below the bound stay exact in .NET's decimal, in PostgreSQL and in SQLite alike.
    private const decimal AmountBound = 1_000_000_000_000_000_000m;
    private const int Decimals = 6;

    private static readonly RollupGrain[] _allGrains = [RollupGrain.Quarter, RollupGrain.Day, RollupGrain.Month];

    private readonly Dictionary<RollupKey, (long Count, decimal Amount)> _sums = [];

    public int Count => _sums.Count;

    public IEnumerable<RollupDelta> Deltas => _sums.Where(sum => sum.Value != default).Select(sum => new RollupDelta
    {
        Figure = sum.Key.Figure,
        Grain = sum.Key.Grain,
        OwnerId = sum.Key.OwnerId,
        At = sum.Key.At,
        PipelineId = sum.Key.PipelineId,
        Key = sum.Key.Key,
        Detail = sum.Key.Detail,
        Count = sum.Value.Count,
        Amount = sum.Value.Amount,
    });

    /// <summary>The amount as sums take it: to six decimals, and none that would spoil a sum.</summary>
    public static decimal? Money(decimal? amount) =>
        amount is { } value && Math.Abs(value) < AmountBound ? Math.Round(value, Decimals, MidpointRounding.AwayFromZero) : null;

    /// <summary>Text of callers and of HubSpot is cut to a length that an index takes.</summary>
    public static string Fit(string? text)
    {
        if (text is null || text.Length <= MaxTextLength)
            return text ?? "";
        var end = char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength;
        return text[..end];
    }

    /// <summary>The owner's own rollups, and those of all owners.</summary>
    public static string Of(string? ownerId) => Fit(RollupKey.OwnerMark + ownerId);

    /// <summary>Counts a record for its owner and for all owners, in every length of span.</summary>
    public void Add(RollupFigure figure, string? owner, DateTime? at, string? pipeline, string? key, string? detail, int count, decimal amount, params RollupGrain[] grains)
    {
        var quarter = at is { } instant ? Quarter.Of(instant) : Quarter.None;
        foreach (var grain in grains.Length == 0 ? _allGrains : grains)
        {
            var place = new RollupKey(figure, grain, "", Quarter.Floor(quarter, grain), Fit(pipeline), Fit(key), Fit(detail));
            Add(place, count, amount);
            if (owner is not null)
                Add(place with { OwnerId = owner }, count, amount);
        }
    }

    public void Clear() => _sums.Clear();

    private void Add(RollupKey key, int count, decimal amount)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sum = (sum.Count + count, sum.Amount + (count * amount));
    }
}
