using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>A page of a report's rows.</summary>
/// <param name="At">The moment the report is of.</param>
/// <param name="Rows">The rows of the page.</param>
/// <param name="TotalCount">How many rows the report has.</param>
/// <param name="HasNextPage">Whether there are rows after the page.</param>
internal sealed record ReportPage(DateTime At, IReadOnlyList<object> Rows, int TotalCount, bool HasNextPage);

/// <summary>The GraphQL type of a page of typed rows.</summary>
internal sealed class ReportPageType<TRow> : ObjectGraphType<ReportPage>
{
    public ReportPageType(ReportName report)
    {
        Name = $"{report}Report";
        Description = Documentation.Of(typeof(ReportName).GetField(report.ToString())!);
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<UtcDateTimeType>>("at").Description("The moment the report is of.").Resolve(context => context.Source.At);
        AddField(new FieldType
        {
            Name = "rows",
            Description = "The rows of the page.",
            Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<RecordType<TRow>>>>),
            Resolver = new FuncFieldResolver<ReportPage, object>(context => context.Source.Rows),
        });
        Field<NonNullGraphType<IntGraphType>>("totalCount").Description("How many rows the report has.").Resolve(context => context.Source.TotalCount);
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Description("Whether there are rows after the page.").Resolve(context => context.Source.HasNextPage);
    }
}

/// <summary>A report of any kind as a table of text.</summary>
/// <param name="Name">The report.</param>
/// <param name="At">The moment the report is of.</param>
/// <param name="Columns">What the columns are, in their order.</param>
/// <param name="Rows">The rows of the page.</param>
/// <param name="TotalCount">How many rows the report has.</param>
/// <param name="HasNextPage">Whether there are rows after the page.</param>
internal sealed record ReportTable(
    ReportName Name, DateTime At, IReadOnlyList<ReportTableColumn> Columns, IReadOnlyList<ReportTableRow> Rows, int TotalCount, bool HasNextPage);

/// <summary>A column of a report.</summary>
/// <param name="Name">Its name, by which rows can be sorted.</param>
/// <param name="Type">The GraphQL scalar of its values.</param>
/// <param name="Description">What its values say.</param>
internal sealed record ReportTableColumn(string Name, string Type, string? Description);

/// <summary>A row of a report.</summary>
/// <param name="Cells">The value of each column as text, as GraphQL writes the scalar; null where there is none.</param>
internal sealed record ReportTableRow(IReadOnlyList<string?> Cells);

/// <summary>A report that there is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it tells.</param>
/// <param name="Columns">The columns of its rows.</param>
internal sealed record ReportDescription(ReportName Name, string? Description, IReadOnlyList<ReportTableColumn> Columns);
