namespace Lucitra.Graph.Database;

/// <summary>
/// Makes reads that cost much once for all who ask the same while one of them is under way. An answer is shared only with those who
/// asked before its reading began: nobody gets an older one than by a reading of one's own, and everybody sees one's own writes.
/// </summary>
internal sealed class SharedReads
{
    private readonly Dictionary<Question, Line> _lines = [];

    /// <summary>The answer: that of somebody else's reading, or of <paramref name="read"/>. Faults are not shared: after one, each asks alone.</summary>
    /// <param name="question">All that the answer depends on, besides what is in the database.</param>
    /// <param name="read">Reads, in a transaction or statement of its own. What it gives must not change after.</param>
    /// <param name="cancellationToken">Ends the wait for others. <paramref name="read"/> has to heed it, too.</param>
    public async Task<T> ReadAsync<T>(Question question, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        var (line, begunBefore) = Enter(question);
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            try
            {
                if (line.Begun <= begunBefore || line.IsGivenUp)
                    return await ReadAsync(line, read, cancellationToken);
                if (line.Answer is T answer)
                    return answer;
            }
            finally
            {
                line.Turn.Release();
            }
        }
        finally
        {
            Leave(question, line);
        }

        return await read();
    }

    private async Task<T> ReadAsync<T>(Line line, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        Begin(line);
        try
        {
            var answer = await read();
            line.Answer = answer;
            return answer;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // It was not the database that failed: the next one reads.
            line.IsGivenUp = true;
            throw;
        }
    }

    private (Line Line, int Begun) Enter(Question question)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(question, out var line))
                _lines[question] = line = new Line();
            line.Askers++;
            return (line, line.Begun);
        }
    }

    private void Begin(Line line)
    {
        lock (_lines)
            line.Begun++;
        (line.Answer, line.IsGivenUp) = (null, false);
    }

    private void Leave(Question question, Line line)
    {
        lock (_lines)
        {
            if (--line.Askers > 0)
                return;
            _lines.Remove(question);
        }

        line.Turn.Dispose();
    }

    /// <summary>Those who ask the same at the same time. It is there only as long as they are.</summary>
    private sealed class Line
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Askers { get; set; }

        /// <summary>How many readings have begun.</summary>
        public int Begun { get; set; }

        /// <summary>What the last reading gave; null when it gave nothing.</summary>
        public object? Answer { get; set; }

        /// <summary>Whether whoever asked for the last reading has left before it was done.</summary>
        public bool IsGivenUp { get; set; }
    }
}

/// <summary>What a read depends on, as values that are compared one by one.</summary>
internal sealed class Question : IEquatable<Question>
{
    private const int BytesOfPart = 32;

    private readonly List<object?> _parts = [];
    private readonly int _hash;

    /// <param name="parts">The values. Lists and members of inputs are taken apart.</param>
    public Question(params IEnumerable<object?> parts)
    {
        ValueParts.Add(_parts, parts);
        var hash = default(HashCode);
        foreach (var part in _parts)
            hash.Add(part);
        _hash = hash.ToHashCode();
    }

    /// <summary>How many bytes it takes, about.</summary>
    public int Size => _parts.Sum(part => BytesOfPart + (part is string text ? text.Length * sizeof(char) : 0));

    public bool Equals(Question? other) => other is not null && _hash == other._hash && _parts.SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as Question);

    public override int GetHashCode() => _hash;
}
