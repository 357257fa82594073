namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>A span of the calendar that instants are grouped by.</summary>
internal enum DateBucket
{
    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday to Sunday (ISO 8601).</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>Three calendar months from January, April, July or October.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}
