using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// Reads an operation by statements, in one round trip, and writes the answer as its rows come. What cannot be answered is left
/// to those who go field by field: only there an error has its place.
/// </summary>
internal sealed class StatementReader(ReadPlans plans, EntityTables tables, KeptReads kept, IOptions<PagingOptions> paging, PostgresSessions? sessions = null)
{
    /// <summary>The plan of an operation; null where statements do not say it all, or not for this caller.</summary>
    public ReadPlan? PlanOf(IExecutionContext context) =>
        sessions is not null && plans.Of(context) is { } plan && plan.IsOpenTo(context.User)
            ? plan
            : null;

    /// <summary>The answer; null where it has to be looked for field by field.</summary>
    /// <param name="plan">The plan of the operation.</param>
    /// <param name="context">The operation, with its arguments, or with its variables alone.</param>
    /// <param name="known">What the operation comes to; null where its arguments have to tell.</param>
    public async Task<ExecutionResult?> ReadAsync(ReadPlan plan, IExecutionContext context, (ReadShape Shape, VariableLeaves Variables)? known = null)
    {
        var run = new ReadRun(plan, context, tables, paging.Value);
        try
        {
            if (known is var (shape, variables))
                run.Take(shape, variables);
            else
                Write(plan, run, context);
            if (!run.IsWhole)
                return null;

            var answers = Array.ConvertAll(plan.Roots, root => root.Answer());
            return new ExecutionResult
            {
                Executed = true,
                Data = run.CountsRows
                    ? await kept.ReadAsync(run.Question(), () => ReadTextAsync(plan, answers, run, context.CancellationToken), text => text.Utf8.Length, context.CancellationToken)
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

    private static void Write(ReadPlan plan, ReadRun run, IExecutionContext context)
    {
        foreach (var root in plan.Roots)
            root.Write(run);
        if (run.IsWhole && context.ExecutionOptions is OperationOptions { Cost: { } cost })
            plan.Learn(() => run.Shape(context.Variables, cost));
    }

    private async Task<JsonText> ReadTextAsync(ReadPlan plan, RootAnswer[] answers, ReadRun run, CancellationToken cancellationToken)
    {
        var buffer = await ReadAsync(plan, answers, run, cancellationToken);
        var text = new JsonText(buffer.Written.ToArray());
        buffer.GiveBack();
        return text;
    }

    private async Task<JsonBuffer> ReadAsync(ReadPlan plan, RootAnswer[] answers, ReadRun run, CancellationToken cancellationToken)
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

    private static JsonBuffer Write(ReadPlan plan, RootAnswer[] answers, ReadRun run)
    {
        var buffer = JsonBuffer.Rent();
        buffer.Writer.WriteStartObject();
        for (var i = 0; i < answers.Length; i++)
        {
            buffer.Writer.WritePropertyName(plan.Roots[i].Name);
            answers[i].Write(buffer.Writer, run);
        }

        buffer.Writer.WriteEndObject();
        return buffer;
    }
}
