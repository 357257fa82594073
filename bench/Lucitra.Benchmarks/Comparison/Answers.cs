using System.Text;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Compares what contenders answer, so that none is fast by answering something else.</summary>
internal static class Answers
{
    private const int Asked = 8;

    /// <summary>Asks everyone the same; returns what differs, a line each.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(Case one, IReadOnlyDictionary<string, Peer> peers)
    {
        var differences = new List<string>();
        var first = one.Contenders[0];
        for (var i = 0; i < Math.Min(Asked, first.Requests.Count); i++)
        {
            byte[]? expected = null;
            foreach (var contender in one.Contenders)
            {
                var answer = await peers[contender.Peer].AskAsync(contender.Requests[i % contender.Requests.Count]);
                expected ??= answer;
                if (!Encoding.UTF8.GetString(answer).StartsWith(contender.Beginning, StringComparison.Ordinal))
                    differences.Add($"{one.Name}, {contender.Name}: {Start(answer)} does not begin with {contender.Beginning}");
                else if (!Same(contender.Likeness, expected, answer))
                    differences.Add($"{one.Name}: {first.Name} answers {Start(expected)} and {contender.Name} {Start(answer)}");
            }
        }

        return differences;
    }

    private static bool Same(Likeness likeness, byte[] expected, byte[] answer) => likeness switch
    {
        Likeness.Bytes => answer.AsSpan().SequenceEqual(expected),
        Likeness.Rows => Rows.Of(answer).SequenceEqual(Rows.Of(expected), StringComparer.Ordinal),
        _ => true,
    };

    private static string Start(byte[] answer) => Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 1500)));
}
