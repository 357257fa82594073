namespace Lucitra.Graph.Seeding;

/// <summary>Chance that is the same for the same seed.</summary>
internal sealed class SeedRandom(int seed)
{
    private readonly Random _random = new(seed);

    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public int Next(int from, int to) => _random.Next(from, to);

    public bool Chance(double part) => _random.NextDouble() < part;

    /// <summary>A moment between two, to the second, later ones likelier.</summary>
    public DateTime Between(DateTime from, DateTime to) => from.AddSeconds(Math.Floor(Math.Sqrt(_random.NextDouble()) * (to - from).TotalSeconds));

    /// <summary>An amount of money, small ones likelier.</summary>
    public decimal Amount() => Math.Round((decimal)Math.Exp(_random.NextDouble() * 7) * 120, 2);

    /// <summary>An id of version 7 that was made at a moment.</summary>
    public Guid Id(DateTime at)
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        var milliseconds = new DateTimeOffset(at).ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - (8 * i)));
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
