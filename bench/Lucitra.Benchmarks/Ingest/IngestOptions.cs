namespace Lucitra.Benchmarks.Ingest;

/// <summary>What <c>bench ingest</c> is asked to do.</summary>
/// <param name="Rounds">How often each receiver is measured with each batch.</param>
/// <param name="Seconds">About how long a measurement takes.</param>
/// <param name="Connections">How many requests are under way at once.</param>
/// <param name="Batches">Events in a request; none when only the import is measured.</param>
/// <param name="Contacts">Contacts of the import; 0 leaves it out.</param>
/// <param name="Way">How long a request of the import is on its way.</param>
/// <param name="Program">The folder of the server's program.</param>
/// <param name="Output">The file that gets everything that was measured.</param>
internal sealed record IngestOptions(int Rounds, int Seconds, int Connections, int[] Batches, int Contacts, TimeSpan Way, string Program, string Output)
{
    /// <summary>The folder of the logs.</summary>
    public string Logs => Directory.CreateDirectory(Path.GetDirectoryName(Output)!).FullName;
}
