using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Graph.Timeline;

/// <summary>A place in the log of changes. Places compare in the order of commits.</summary>
internal readonly record struct ChangePosition(long TransactionId, long Position) : IComparable<ChangePosition>
{
    private const string Signature = "changes";

    private static readonly Type[] _types = [typeof(long), typeof(long)];

    public static bool operator <=(ChangePosition left, ChangePosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ChangePosition left, ChangePosition right) => left.CompareTo(right) >= 0;

    /// <summary>The place that clients know by an opaque text; an error of the caller's when the text is none of ours.</summary>
    public static ChangePosition Of(string argument, string cursor)
    {
        var keys = Cursor.Decode(Signature, _types, argument, cursor);
        return new ChangePosition((long)keys[0]!, (long)keys[1]!);
    }

    public string ToCursor() => Cursor.Encode(Signature, [TransactionId, Position]);

    public int CompareTo(ChangePosition other) =>
        TransactionId != other.TransactionId ? TransactionId.CompareTo(other.TransactionId) : Position.CompareTo(other.Position);
}
