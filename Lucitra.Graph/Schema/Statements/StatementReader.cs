using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Paging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// Reads an operation by statements, in one round trip, and writes the answer as its rows come. What cannot be answered is left
/// to those who go field by field: only there an error has its place.
/// </summary>
internal sealed class StatementReader(ReadPlans plans, EntityTables tables, SharedReads shared, IOptions<PagingOptions> paging, PostgresSessions? sessions = null)
{
    /// <summary>The plan of an operation; null where statements do not say it all, or not for this caller.</summary>
    public ReadPlan? PlanOf(IExecutionContext context) =>
        sessions is not null && plans.Of(context) is { } plan && plan.IsOpenTo(context.User)
            ? plan
            : null;

    /// <summary>The answer; null where it has to be looked for field by field.</summary>
    public async Task<ExecutionResult?> ReadAsync(ReadPlan plan, IExecutionContext context)
    {
        var run = new ReadRun(plan, context, tables, paging.Value);
        try
        {
            var answers = plan.Roots.Select(root => root.Begin(run)).ToList();
            if (!run.IsWhole)
                return null;

            return new ExecutionResult
            {
                Executed = true,
                Data = run.CountsRows
                    ? await shared.ReadAsync(run.Question(), () => ReadForAllAsync(plan, answers, run, context.CancellationToken), context.CancellationToken)
                    : new JsonText(await ReadAsync(plan, answers, run, context.CancellationToken)),
                Query = context.Document.Source,
                Document = context.Document,
                Operation = context.Operation,
                Extensions = context.OutputExtensions,
            };
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

    private async Task<JsonText> ReadForAllAsync(ReadPlan plan, List<RootAnswer> answers, ReadRun run, CancellationToken cancellationToken)
    {
        var buffer = await ReadAsync(plan, answers, run, cancellationToken);
        var text = new JsonText(buffer.Written.ToArray());
        buffer.GiveBack();
        return text;
    }

    private async Task<JsonBuffer> ReadAsync(ReadPlan plan, List<RootAnswer> answers, ReadRun run, CancellationToken cancellationToken)
    {
        var source = run.DependsOnValues ? sessions!.All : sessions!.Settled;
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        await using (var batch = run.BatchOn(connection))
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            foreach (var answer in answers)
                await answer.ReadAsync(reader, run, cancellationToken);
        }

        return Write(plan, answers, run);
    }

    private static JsonBuffer Write(ReadPlan plan, List<RootAnswer> answers, ReadRun run)
    {
        var buffer = JsonBuffer.Rent();
        buffer.Writer.WriteStartObject();
        foreach (var (root, answer) in plan.Roots.Zip(answers))
        {
            buffer.Writer.WritePropertyName(root.Name);
            answer.Write(buffer.Writer, run);
        }

        buffer.Writer.WriteEndObject();
        return buffer;
    }
}
