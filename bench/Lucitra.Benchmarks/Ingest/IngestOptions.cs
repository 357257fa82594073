using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>What <c>bench ingest</c> is asked to do.</summary>
internal sealed record IngestOptions
{
    public const string Usage = "options: --rounds N, --seconds N, --connections N, --batches N,N..., --contacts N, --delay MILLISECONDS, --only acknowledge|import";

    /// <summary>How often each peer is measured with each batch.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>About how long a measurement takes.</summary>
    public int Seconds { get; init; } = 4;

    /// <summary>How many requests are under way at once.</summary>
    public int Connections { get; init; } = 32;

    /// <summary>Events in a request.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [1, 10, 100];

    /// <summary>Contacts of the import.</summary>
    public int Contacts { get; init; } = 20_000;

    /// <summary>How long a request of the import is on its way: HubSpot is not on this machine.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    public bool Acknowledges { get; init; } = true;

    public bool Imports { get; init; } = true;

    public static IngestOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new IngestOptions();
        foreach (var pair in arguments.Chunk(2))
        {
            if (pair is not [var name, var value])
                throw new ArgumentException($"{pair[0]} takes a value; {Usage}");
            options = name switch
            {
                "--rounds" => options with { Rounds = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--batches" => options with { Batches = Array.ConvertAll(value.Split(','), Number) },
                "--contacts" => options with { Contacts = Number(value) },
                "--delay" => options with { Delay = TimeSpan.FromMilliseconds(Number(value)) },
                "--only" when value == "acknowledge" => options with { Imports = false },
                "--only" when value == "import" => options with { Acknowledges = false },
                _ => throw new ArgumentException($"there is no option {name} {value}; {Usage}"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
