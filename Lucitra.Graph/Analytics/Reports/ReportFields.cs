using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>The fields by which reports are asked for: one with typed rows for each report, and one for any report as text.</summary>
internal sealed class ReportFields(ReportReader reader, IDbContextFactory<LucitraDbContext> contexts, IOptions<PagingOptions> paging, TimeProvider clock)
{
    private const string Order = "order";
    private const string OrderDescription = "By what to sort the rows, the most important first; left out: as the report has them.";

    private static readonly NodeIds _savedIds = NodeIds.For(nameof(SavedReport), typeof(Guid));

    private ComplexGraphType<Analytics> _analytics = null!;

    public void Extend(ComplexGraphType<Analytics> analytics)
    {
        _analytics = analytics;
        analytics.AddField(new FieldType
        {
            Name = "reports",
            Description = "The reports that there are.",
            Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RecordType<ReportDescription>>>>),
            Resolver = new FuncFieldResolver<object>(_ => reader.All.Select(report =>
                new ReportDescription(report.Name, Documentation.Of(typeof(ReportName).GetField(report.Name.ToString())!), ReportReader.ColumnsOf(report)))),
        });
        foreach (var report in reader.All)
            report.AddTo(this);

        var arguments = Arguments(new QueryArgument<ListGraphType<NonNullGraphType<ReportOrderInputType>>> { Name = Order, Description = OrderDescription });
        arguments.Add(new QueryArgument<NonNullGraphType<EnumType<ReportName>>> { Name = "name", Description = "Which report." });
        analytics.AddField(new FieldType
        {
            Name = "report",
            Description = "A report of any kind, with its rows as text. Each report is also a field of its own with typed rows.",
            Type = typeof(NonNullGraphType<RecordType<ReportTable>>),
            Arguments = arguments,
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var report = reader.Named(context.GetArgument<ReportName>("name"));
                var page = await ReadAsync(context, report, ReportOrderInputType.Read(report, context.GetArgument<object?>(Order)));
                var rows = page.Rows.Select(row => new ReportTableRow([.. report.Columns.Select(column => ReportReader.Text(column.Of(row)))]));
                return new ReportTable(report.Name, page.At, ReportReader.ColumnsOf(report), [.. rows], page.TotalCount, page.HasNextPage);
            }),
        });
    }

    /// <summary>Adds the field of a report with its own type of rows.</summary>
    public void Add<TRow>(Report<TRow> report)
        where TRow : class =>
        _analytics.AddField(new FieldType
        {
            Name = char.ToLowerInvariant(report.Name.ToString()[0]) + report.Name.ToString()[1..],
            Description = Documentation.Of(typeof(ReportName).GetField(report.Name.ToString())!),
            ResolvedType = new NonNullGraphType(new ReportPageType<TRow>(report.Name)),
            Arguments = Arguments(new QueryArgument<ListGraphType<NonNullGraphType<RecordSortInputType<TRow>>>> { Name = Order, Description = OrderDescription }),
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var order =
                    from item in context.GetArgument<object?>(Order) as IEnumerable<object?> ?? []
                    from key in (IDictionary<string, object?>)item!
                    where key.Value is SortDirection
                    select new ReportOrder(report.Columns.First(column => column.Name == key.Key), (SortDirection)key.Value!);
                return await ReadAsync(context, report, [.. order]);
            }),
        });

    private static QueryArguments Arguments(QueryArgument order)
    {
        var arguments = ReportParameters.Arguments();
        arguments.Add(order);
        arguments.Add(new QueryArgument<IntGraphType> { Name = "first", Description = "How many rows to return." });
        arguments.Add(new QueryArgument<IntGraphType> { Name = "offset", Description = "How many rows to pass over first." });
        return arguments;
    }

    private async Task<ReportPage> ReadAsync(IResolveFieldContext context, IReport report, IReadOnlyList<ReportOrder> order)
    {
        var size = PageRequest.Of(context, paging.Value).Size;
        var offset = context.GetArgument<int?>("offset") ?? 0;
        if (offset < 0)
            throw new CodedError(ErrorCodes.NegativePageSize, "`offset` must be at least 0.");

        var parameters = ReportParameters.Of(context, await SavedAsync(context, report), clock.UtcNow());
        var (at, rows) = await reader.RowsAsync(report, parameters, order, context.CancellationToken);
        return new ReportPage(at, [.. rows.Skip(offset).Take(size)], rows.Count, rows.Count > offset + size);
    }

    private async Task<SavedReport?> SavedAsync(IResolveFieldContext context, IReport report)
    {
        if (context.GetArgument<string?>("saved") is not { } text)
            return null;
        var id = (Guid)_savedIds.Parse(text);
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        return await db.SavedReports.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, context.CancellationToken) switch
        {
            null => throw RangeArguments.Refused("There is no such saved report."),
            { } saved when saved.Report != report.Name => throw RangeArguments.Refused($"The saved report is one of another kind, {saved.Report}."),
            { } saved => saved,
        };
    }
}

/// <summary>The sort input of a report of any kind.</summary>
internal sealed class ReportOrderInputType : InputObjectGraphType
{
    public ReportOrderInputType()
    {
        Name = "ReportOrderInput";
        Description = "A column by which to sort the rows of a report. Null sorts as the greatest value, and text by code point.";
        Field<NonNullGraphType<StringGraphType>>("column").Description("The name of the column.");
        Field<NonNullGraphType<SortEnumType>>("direction").Description("Which way.");
    }

    public static IReadOnlyList<ReportOrder> Read(IReport report, object? argument) =>
    [
        .. from item in argument as IEnumerable<object?> ?? []
           let input = (IDictionary<string, object?>)item!
           let name = (string)input["column"]!
           let column = report.Columns.FirstOrDefault(one => one.Name == name)
               ?? throw RangeArguments.Refused($"The report has no column '{name}'; it has {string.Join(", ", report.Columns.Select(one => one.Name))}.")
           select new ReportOrder(column, (SortDirection)input["direction"]!),
    ];
}
