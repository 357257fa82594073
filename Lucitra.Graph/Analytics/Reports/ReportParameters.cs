using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Aggregates;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>What a report is asked about.</summary>
internal sealed record ReportParameters(RangeArguments Days, string? PipelineId, string? OwnerId, DateOnly? AsOf)
{
    private const int UsualDays = 365;

    /// <summary>The arguments that every report takes.</summary>
    public static QueryArguments Arguments() => new(
        new QueryArgument<IdGraphType> { Name = "saved", Description = "A saved report of this kind: its parameters count where none is given here." },
        new QueryArgument<LocalDateType> { Name = "from", Description = $"The first day; left out: {UsualDays} days ending with `to`." },
        new QueryArgument<LocalDateType> { Name = "to", Description = "The last day; left out: today, or the day of `asOf`." },
        new QueryArgument<StringGraphType> { Name = "timeZone", Description = "The IANA name of the time zone whose days they are, such as `Europe/Lisbon`; left out: UTC." },
        new QueryArgument<EnumType<DateBucket>> { Name = "bucket", Description = $"Spans of the calendar, for reports that have them, at most {RangeArguments.MaxBuckets}; left out: months." },
        new QueryArgument<StringGraphType> { Name = "pipelineId", Description = "HubSpot's id of the pipeline whose deals are meant; left out: all; empty: deals without one." },
        new QueryArgument<StringGraphType> { Name = "ownerId", Description = "HubSpot's id of the owner whose contacts and deals are meant; left out: all; empty: those without one." },
        new QueryArgument<LocalDateType> { Name = "asOf", Description = "The day at whose end records are taken as they stood, by the log of changes; left out: now. Takes time with the number of records." });

    public static ReportParameters Of(IResolveFieldContext context, SavedReport? saved, DateTime now)
    {
        var given = new ReportParameters(
            RangeArguments.Of(context),
            RangeArguments.IdOf("pipelineId", context.GetArgument<string?>("pipelineId")),
            RangeArguments.IdOf("ownerId", context.GetArgument<string?>("ownerId")),
            context.GetArgument<DateOnly?>("asOf"));
        return saved is null ? given : given.Or(saved.Parameters(now));
    }

    /// <summary>The same, with the parameters that are left out from others.</summary>
    public ReportParameters Or(ReportParameters others) => new(
        new RangeArguments(
            Days.From ?? others.Days.From, Days.To ?? others.Days.To, Days.TimeZone ?? others.Days.TimeZone, Days.Bucket ?? others.Days.Bucket),
        PipelineId ?? others.PipelineId,
        OwnerId ?? others.OwnerId,
        AsOf ?? others.AsOf);

    public CalendarRange RangeAt(DateTime now) =>
        (AsOf is { } day && Days.To is null ? Days with { To = day } : Days).Resolve(now, UsualDays, DateBucket.Month);
}
