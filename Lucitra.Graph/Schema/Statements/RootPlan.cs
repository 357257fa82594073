using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A field of the operation itself.</summary>
internal abstract class RootPlan(string name)
{
    /// <summary>Its name in the answer.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    /// <summary>Adds the statements that it needs to a run.</summary>
    public abstract void Write(ReadRun run);

    /// <summary>What reads their rows.</summary>
    public abstract RootAnswer Answer();
}

/// <summary>The name of the operation's type.</summary>
internal sealed class TypeNameRootPlan(string name, string type) : RootPlan(name)
{
    public override void Write(ReadRun run)
    {
        // Known without a statement.
    }

    public override RootAnswer Answer() => new TypeNameAnswer(type);
}

/// <summary>A page of all objects of a type.</summary>
internal sealed class PageRootPlan(string name, ConnectionPlan page) : RootPlan(name)
{
    public override void Write(ReadRun run)
    {
        if (page.ReadsRows)
            run.Add((sql, statement) => page.WriteRows(sql, SqlQuery.Of(statement, page.Entity.ClrType), run));
        run.CountsRows |= page.CountsTotal;
        if (page.CountsTotal)
            run.Add((sql, statement) => page.WriteTotal(sql.Append("SELECT "), SqlQuery.Of(statement, page.Entity.ClrType), run));
    }

    public override RootAnswer Answer() => new PageAnswer(page);
}

/// <summary>The object with a key, or null.</summary>
internal sealed class ObjectRootPlan(string name, PlannedField field, EntityType entity, ObjectPlan selected) : RootPlan(name)
{
    public override void Write(ReadRun run) =>
        run.Add((sql, statement) =>
        {
            var query = SqlQuery.Of(statement, entity.ClrType);
            var key = statement.Key(run.ArgumentsOf(field)!["id"].Value!, entity.Key);
            query.And().Append(query.Root.Column(entity.Key.Member)).Append(" = ").Append(key);
            sql.Append("SELECT ");
            var columns = new SelectList(sql);
            columns.Add("1", typeof(int));
            selected.Select(columns, query.Root, run);
            query.WriteRows(sql);
        });

    public override RootAnswer Answer() => new ObjectAnswer(selected);
}
