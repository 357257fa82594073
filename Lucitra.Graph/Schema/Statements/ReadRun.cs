using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Paging;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>One run of an operation: its statements, and what is known of its pages.</summary>
internal sealed class ReadRun(ReadPlan plan, IExecutionContext context, EntityTables tables, PagingOptions paging)
{
    private readonly List<(string Sql, IReadOnlyList<SqlParameterSource> Parameters)> _statements = [];
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<JsonBuffer> _buffers = [];

    /// <summary>The pages, by the number of their connection.</summary>
    public Page?[] Pages { get; private set; } = new Page?[plan.Connections];

    /// <summary>False when something is asked for that statements do not say.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether a statement is to be planned for its values.</summary>
    public bool DependsOnValues { get; private set; }

    /// <summary>Whether rows are counted, which takes longer the more there are.</summary>
    public bool CountsRows { get; set; }

    public PagingOptions Paging => paging;

    /// <summary>Adds a statement.</summary>
    public void Add(Action<StringBuilder, SqlStatement> write)
    {
        var (sql, statement) = (new StringBuilder(512), new SqlStatement(tables));
        write(sql, statement);
        IsWhole &= statement.IsWhole;
        DependsOnValues |= statement.DependsOnValues;
        _statements.Add((sql.ToString(), statement.Parameters));
        Add(_statements[^1].Sql, statement.Parameters.Select(source => source.Parameter));
    }

    /// <summary>Takes over the statements of another run, with the values of this one's variables.</summary>
    public void Take(ReadShape shape, VariableLeaves variables)
    {
        (Pages, CountsRows, DependsOnValues) = (shape.Pages, shape.CountsRows, shape.DependsOnValues);
        foreach (var (sql, parameters) in shape.Statements)
        {
            var made = parameters.Select(parameter => parameter.Of(variables)).OfType<NpgsqlParameter>().ToList();
            IsWhole &= made.Count == parameters.Count;
            Add(sql, made);
        }
    }

    /// <summary>What the run comes to for other values of its variables, too; null where it depends on them.</summary>
    public ReadShape? Shape(Variables variables, Cost cost) => ReadShape.Of(new VariableLeaves(variables, plan.VariableUses), _statements, this, cost);

    /// <summary>What the answer depends on, besides what is in the database.</summary>
    public Question Question() => new(plan, _commands.Select(command => command.CommandText), _commands.SelectMany(command => command.Parameters.Select(parameter => parameter.Value)));

    public NpgsqlBatch BatchOn(NpgsqlConnection connection)
    {
        var batch = new NpgsqlBatch(connection);
        foreach (var command in _commands)
            batch.BatchCommands.Add(command);
        return batch;
    }

    /// <summary>A buffer that is given back when the run is over.</summary>
    public JsonBuffer RentBuffer()
    {
        var buffer = JsonBuffer.Rent();
        _buffers.Add(buffer);
        return buffer;
    }

    private void Add(string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _commands.Add(command);
    }

    public void GiveBackBuffers()
    {
        foreach (var buffer in _buffers)
            buffer.GiveBack();
    }

    public void Keep(ConnectionPlan connection, Page page) => Pages[connection.Number] = page;

    public Page PageOf(ConnectionPlan connection) => Pages[connection.Number] ?? Page.None;

    public IDictionary<string, ArgumentValue>? ArgumentsOf(PlannedField field) => context.ArgumentValues?.GetValueOrDefault(field.Ast);

    public IDictionary<string, object?>? WhereOf(ConnectionPlan connection) =>
        ArgumentsOf(connection.Field) is { } arguments && arguments.TryGetValue("where", out var where) ? (IDictionary<string, object?>?)where.Value : null;

    /// <summary>What a resolver of the connection would get.</summary>
    public IResolveFieldContext ContextOf(ConnectionPlan connection) => new ResolveFieldContext
    {
        FieldAst = connection.Field.Ast,
        FieldDefinition = connection.Field.Definition,
        ParentType = connection.Field.Parent,
        Arguments = ArgumentsOf(connection.Field),
        Schema = context.Schema,
        Variables = context.Variables,
        ExecutionContext = context,
    };
}
