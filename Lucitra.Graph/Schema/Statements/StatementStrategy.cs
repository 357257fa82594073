using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Microsoft.Extensions.Options;
using Npgsql;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// Runs queries. What statements can say is read by them, in one round trip, and written as it comes; everything else goes
/// field by field, and so does what cannot be answered, since only there an error has its place. Both ways give the same bytes.
/// </summary>
internal sealed class StatementStrategy(ReadPlans plans, EntityTables tables, IOptions<PagingOptions> paging, NpgsqlDataSource? source = null) : ParallelExecutionStrategy
{
    public override async Task<ExecutionResult> ExecuteAsync(ExecutionContext context)
    {
        if (source is not null && context.ExecutionOptions is OperationOptions { AsText: true }
            && plans.Of(context) is { } plan && plan.IsOpenTo(context.User) && await ReadAsync(plan, context) is { } data)
        {
            return new ExecutionResult
            {
                Executed = true,
                Data = data,
                Query = context.Document.Source,
                Document = context.Document,
                Operation = context.Operation,
                Extensions = context.OutputExtensions,
            };
        }

        return await base.ExecuteAsync(context);
    }

    private async Task<JsonText?> ReadAsync(ReadPlan plan, ExecutionContext context)
    {
        var run = new ReadRun(plan, context, tables, paging.Value);
        try
        {
            var answers = plan.Roots.Select(root => root.Begin(run)).ToList();
            if (!run.IsWhole)
                return null;

            await using (var connection = await source!.OpenConnectionAsync(context.CancellationToken))
            await using (var batch = run.BatchOn(connection))
            await using (var reader = await batch.ExecuteReaderAsync(context.CancellationToken))
            {
                foreach (var answer in answers)
                    await answer.ReadAsync(reader, run, context.CancellationToken);
            }

            return Write(plan, answers, run);
        }
        catch (Exception fault) when (fault is ExecutionError or NpgsqlException)
        {
            return null;
        }
        finally
        {
            run.GiveBackBuffers();
        }
    }

    private static JsonText Write(ReadPlan plan, List<RootAnswer> answers, ReadRun run)
    {
        var buffer = run.RentBuffer();
        buffer.Writer.WriteStartObject();
        foreach (var (root, answer) in plan.Roots.Zip(answers))
        {
            buffer.Writer.WritePropertyName(root.Name);
            answer.Write(buffer.Writer, run);
        }

        buffer.Writer.WriteEndObject();
        return new JsonText(buffer.Written.ToArray());
    }
}
