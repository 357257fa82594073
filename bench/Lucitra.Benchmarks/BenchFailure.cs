namespace Lucitra.Benchmarks;

/// <summary>A measurement cannot be made, for a reason that the message tells.</summary>
internal sealed class BenchFailure(string message) : Exception(message);
