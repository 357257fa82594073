namespace Lucitra.Benchmarks.Comparison;

/// <summary>Work that several contenders do, in the same rounds. Each is compared with the first.</summary>
/// <param name="Name">How it is called in <c>--cases</c> and in the table.</param>
/// <param name="Contenders">Who does it.</param>
/// <param name="Writes">Whether it leaves rows behind, which the other cases must not meet.</param>
internal sealed record Case(string Name, IReadOnlyList<Contender> Contenders, bool Writes = false);

/// <summary>A server with what it is asked.</summary>
/// <param name="Name">How it is called in the table.</param>
/// <param name="Peer">The name of the server.</param>
/// <param name="Requests">The requests, sent in turn.</param>
/// <param name="Beginning">How a good answer begins: far enough to tell it from one with errors.</param>
/// <param name="Likeness">What its answers share with those of the first contender.</param>
/// <param name="AmongCommits">Whether transactions are committed all the while.</param>
internal sealed record Contender(string Name, string Peer, IReadOnlyList<Request> Requests, string Beginning, Likeness Likeness, bool AmongCommits = false);

/// <summary>How alike two answers to the same question are.</summary>
internal enum Likeness
{
    /// <summary>The answers are to different questions.</summary>
    None,

    /// <summary>The same values in the same rows, under whatever names.</summary>
    Rows,

    /// <summary>The same bytes.</summary>
    Bytes,
}
