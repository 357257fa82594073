using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Aggregates;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>What a dashboard is asked for.</summary>
internal sealed record DashboardRequest(RangeArguments Days, string? PipelineId, string? OwnerId, int IdleDays)
{
    private const int UsualDays = 30;
    private const int UsualIdleDays = 14;

    /// <summary>The arguments by which a dashboard is asked for.</summary>
    public static QueryArguments Arguments() => new(
        new QueryArgument<LocalDateType> { Name = "from", Description = $"The first day; left out: {UsualDays} days ending with `to`." },
        new QueryArgument<LocalDateType> { Name = "to", Description = "The last day; left out: today." },
        new QueryArgument<StringGraphType> { Name = "timeZone", Description = "The IANA name of the time zone whose days they are, such as `Europe/Lisbon`; left out: UTC." },
        new QueryArgument<EnumType<DateBucket>> { Name = "bucket", Description = $"Into which spans charts are divided, at most {RangeArguments.MaxBuckets}; left out: days, weeks or months, as fits the range." },
        new QueryArgument<StringGraphType> { Name = "pipelineId", Description = "HubSpot's id of the pipeline whose deals are meant, such as `default`; left out: all; empty: deals without one." },
        new QueryArgument<StringGraphType> { Name = "ownerId", Description = "HubSpot's id of the owner whose contacts and deals are meant; left out: all; empty: those without one." },
        new QueryArgument<IntGraphType> { Name = "idleDays", Description = $"After how many days without a change an open deal counts as idle; left out: {UsualIdleDays}." });

    /// <summary>Reads the arguments of a field; an error of the caller's when they name no such dashboard.</summary>
    public static DashboardRequest Of(IResolveFieldContext context)
    {
        var idleDays = context.GetArgument<int?>("idleDays") ?? UsualIdleDays;
        if (idleDays is < 1 or > RangeArguments.MaxDays)
            throw RangeArguments.Refused($"`idleDays` has to be from 1 to {RangeArguments.MaxDays}.");
        return new DashboardRequest(
            RangeArguments.Of(context),
            RangeArguments.IdOf("pipelineId", context.GetArgument<string?>("pipelineId")),
            RangeArguments.IdOf("ownerId", context.GetArgument<string?>("ownerId")),
            idleDays);
    }

    /// <summary>The days that are meant at a moment: without a last day, they end with that moment's day.</summary>
    public CalendarRange RangeAt(DateTime now) => Days.Resolve(now, UsualDays);
}
