using System.Linq.Expressions;
using System.Reflection;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>One key of a grouping.</summary>
internal sealed record GroupKey(EntityColumn Column, DateBucket? Bucket, string TimeZone)
{
    /// <summary>More keys than this cannot be grouped by at once.</summary>
    public const int MaxKeys = 4;

    private static readonly MethodInfo _truncate = typeof(DateBuckets).GetMethod(nameof(DateBuckets.Truncate))!;

    public Type Type => Bucket is null ? Column.Member.PropertyType : typeof(DateTime?);

    public static List<GroupKey> In(object? argument)
    {
        var keys = (argument as IEnumerable<object?> ?? []).Select(item => Of((IDictionary<string, object?>)item!)).ToList();
        if (keys.Count > MaxKeys)
            throw Refused($"A grouping has at most {MaxKeys} keys; this one has {keys.Count}.");
        return keys.DistinctBy(key => key.Column.Name).Count() == keys.Count
            ? keys
            : throw Refused("A grouping names every field once.");
    }

    /// <summary>The key's value for an object.</summary>
    public Expression Of(Expression instance)
    {
        var value = Expression.Property(instance, Column.Member);
        if (Bucket is not { } bucket)
            return value;

        // Literals: PostgreSQL takes the key in SELECT and in GROUP BY for the same only if it looks the same.
        return Expression.Call(_truncate, Literal(bucket.ToString().ToLowerInvariant()), Expression.Convert(value, typeof(DateTime?)), Literal(TimeZone));
    }

    private static GroupKey Of(IDictionary<string, object?> input)
    {
        var column = (EntityColumn)input["field"]!;
        var bucket = (DateBucket?)(input.TryGetValue("bucket", out var given) ? given : null);
        var timeZone = (string?)(input.TryGetValue("timeZone", out var zone) ? zone : null) ?? "UTC";
        if (bucket is not null && Scalars.Underlying(column.Member.PropertyType) != typeof(DateTime))
            throw Refused($"`{column.Name}` is no DateTime and falls into no span of the calendar.");
        return TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) && found.HasIanaId
            ? new GroupKey(column, bucket, timeZone)
            : throw Refused($"There is no IANA time zone '{timeZone}'.");
    }

    private static CodedError Refused(string message) => new(ErrorCodes.InvalidGrouping, message);

    private static MethodCallExpression Literal(string text) =>
        Expression.Call(typeof(EF), nameof(EF.Constant), [typeof(string)], Expression.Constant(text));
}
