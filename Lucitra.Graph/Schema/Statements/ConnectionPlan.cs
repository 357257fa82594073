using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Filters;
using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What is selected of a connection.</summary>
internal sealed class ConnectionPlan
{
    private readonly ConnectionMember[] _members;

    /// <param name="number">Which connection of the operation it is.</param>
    /// <param name="field">The field, with the arguments of its first mention.</param>
    /// <param name="entity">What the list is of.</param>
    /// <param name="members">What is selected, in the order of the answer.</param>
    public ConnectionPlan(int number, PlannedField field, EntityType entity, ConnectionMember[] members)
    {
        (Number, Field, Entity, _members) = (number, field, entity, members);
        Filter = (FilterInputType)field.Definition.Arguments!.Find("where")!.ResolvedType!.GetNamedType();
        Lists = [.. members.OfType<RowsMember>()];
        CountsTotal = members.Any(member => member is TotalMember);
        ShowsEnds = members.OfType<PageInfoMember>().Any();
        ReadsRows = ShowsEnds || Lists.Length > 0;
    }

    public int Number { get; }

    public PlannedField Field { get; }

    public EntityType Entity { get; }

    public FilterInputType Filter { get; }

    /// <summary>What is written for every row.</summary>
    public RowsMember[] Lists { get; }

    /// <summary>Whether the total is asked for.</summary>
    public bool CountsTotal { get; }

    /// <summary>Whether anything but the total is asked for.</summary>
    public bool ReadsRows { get; }

    /// <summary>Whether the cursors of the first and the last row may be asked for.</summary>
    public bool ShowsEnds { get; }

    /// <summary>Writes the query for the rows of the page and one more, which tells whether there is another page.</summary>
    public void WriteRows(StringBuilder sql, SqlQuery query, ReadRun run)
    {
        sql.Append("SELECT ");
        WritePage(sql, query, run);
    }

    /// <summary>Writes the same within a query, as one array of records in PostgreSQL's binary form.</summary>
    public void WriteArray(StringBuilder sql, SqlQuery query, ReadRun run)
    {
        sql.Append("array_send(ARRAY(SELECT ROW(");
        WritePage(sql, query, run, afterColumns: ")");
        sql.Append("))");
    }

    /// <summary>Writes the query for the number of rows in all pages, in brackets.</summary>
    public void WriteTotal(StringBuilder sql, SqlQuery query, ReadRun run)
    {
        if (!ReadsRows)
            Check(query, run);
        Filter.WriteArgument(query, run.WhereOf(this), run.Paging.MaxFilterOperations);
        sql.Append("(SELECT count(*)::int");
        query.WriteRows(sql);
        sql.Append(')');
    }

    public void Write(Utf8JsonWriter writer, ReadRun run, PageRows rows)
    {
        writer.WriteStartObject();
        foreach (var member in _members)
        {
            writer.WritePropertyName(member.Name);
            member.Write(writer, rows, run);
        }

        writer.WriteEndObject();
    }

    private void WritePage(StringBuilder sql, SqlQuery query, ReadRun run, string afterColumns = "")
    {
        var (request, ordering) = Arrange(query, run);
        if (!query.IsWithin && ordering.Keys[0].Value.StartsWith(query.Root.Alias, StringComparison.Ordinal))
            query.Statement.OrderBy(ordering.Keys[0].Value, query.Root.Leading(ordering.Keys[0].Value));
        Filter.WriteArgument(query, run.WhereOf(this), run.Paging.MaxFilterOperations);
        if (request.Backward)
            query.Statement.Forgo();
        if (request.After is { } after)
            ordering.WriteBeyond(query.And(), query.Statement, "after", after, backward: false);
        if (request.Before is { } before)
            ordering.WriteBeyond(query.And(), query.Statement, "before", before, backward: true);
        var columns = new SelectList(sql, query.IsWithin);
        foreach (var list in Lists)
            list.Item.Select(columns, query.Root, run);
        var keyPlaces = new int[ordering.Keys.Count];
        for (var i = 0; i < keyPlaces.Length; i++)
            keyPlaces[i] = columns.PlaceOf(ordering.Keys[i].Value, ordering.Keys[i].Type);
        run.Keep(this, new Page(request, ordering, keyPlaces));
        sql.Append(afterColumns);
        query.WriteRows(sql);
        ordering.WriteOrder(sql);

        // A literal limit: with a parameter PostgreSQL settles on a plan made for any limit.
        sql.Append(CultureInfo.InvariantCulture, $" LIMIT {request.Size + 1}");
    }

    // What is wrong with these arguments is an error even where nothing is read by them.
    private void Check(SqlQuery query, ReadRun run)
    {
        var (request, ordering) = Arrange(query, run);
        foreach (var (argument, cursor) in new[] { ("after", request.After), ("before", request.Before) })
        {
            if (cursor is not null)
                Cursor.Decode(ordering.Signature, ordering.KeyTypes, argument, cursor);
        }
    }

    private (PageRequest Request, SqlOrdering Ordering) Arrange(SqlQuery query, ReadRun run)
    {
        // Words are searched for by the resolver alone.
        if (run.ArgumentsOf(Field) is { } arguments && arguments.TryGetValue(SearchArgument.Name, out var search) && search.Value is not null)
            query.Statement.Forgo();
        var context = run.ContextOf(this);
        var request = PageRequest.Of(context, run.Paging);
        var ordering = new SqlOrdering(query.Root, OrderArgument.Keys(context, query.Root), Entity.Key, $"{context.ParentType.Name}.{context.FieldDefinition.Name}");
        return (request, ordering);
    }
}

/// <summary>A field of an operation, and where its arguments are written.</summary>
internal sealed record PlannedField(IObjectGraphType Parent, FieldType Definition, GraphQLField Ast);
