using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A field of an object in the answer.</summary>
internal abstract class FieldPlan(string name)
{
    /// <summary>Its name in the answer.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    /// <summary>Writes the columns that it needs.</summary>
    public abstract void Select(SelectList columns, SqlPlace place, ReadRun run);

    /// <summary>Writes its value.</summary>
    public abstract void Write(Utf8JsonWriter writer, Row row, ReadRun run);
}

/// <summary>The name of the object's type.</summary>
internal sealed class TypeNamePlan(string name, string type) : FieldPlan(name)
{
    public override void Select(SelectList columns, SqlPlace place, ReadRun run)
    {
        // Known without a column.
    }

    public override void Write(Utf8JsonWriter writer, Row row, ReadRun run) => writer.WriteStringValue(type);
}

/// <summary>A column.</summary>
internal sealed class ColumnPlan(string name, EntityColumn column, ColumnWriter write, int place) : FieldPlan(name)
{
    public override void Select(SelectList columns, SqlPlace from, ReadRun run) => columns.Add(from.Column(column.Member), column.Member.PropertyType);

    public override void Write(Utf8JsonWriter writer, Row row, ReadRun run)
    {
        if (row.IsNull(place))
            writer.WriteNullValue();
        else
            write(writer, row, place);
    }
}

/// <summary>The object at the other end of a link; its key tells whether there is one.</summary>
internal sealed class ReferencePlan(string name, EntityLink link, EntityColumn key, int place, ObjectPlan target) : FieldPlan(name)
{
    public override void Select(SelectList columns, SqlPlace from, ReadRun run)
    {
        var to = from.Join(link.Member);
        columns.Add(to.Column(key.Member), key.Member.PropertyType);
        target.Select(columns, to, run);
    }

    public override void Write(Utf8JsonWriter writer, Row row, ReadRun run)
    {
        if (row.IsNull(place))
            writer.WriteNullValue();
        else
            target.Write(writer, row, run);
    }
}

/// <summary>A page of the objects at the other end of a link, as a query within the query.</summary>
internal sealed class ListPlan(string name, EntityLink link, ConnectionPlan page, int rowsPlace, int totalPlace) : FieldPlan(name)
{
    public override void Select(SelectList columns, SqlPlace place, ReadRun run)
    {
        if (page.ReadsRows)
            page.WriteArray(columns.Next(), place.Many(link.Member), run);
        if (page.CountsTotal)
            page.WriteTotal(columns.Next(), place.Many(link.Member), run);
    }

    public override void Write(Utf8JsonWriter writer, Row row, ReadRun run) => page.Write(writer, run, new ListedRows(
        page.ReadsRows ? row.Rows(rowsPlace) : default, run.PageOf(page))
    {
        Total = page.CountsTotal ? row.Int(totalPlace) : null,
    });
}
