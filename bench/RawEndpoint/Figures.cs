using Npgsql;

namespace RawEndpoint;

/// <summary>Counts and sums, and the way to the database and back.</summary>
internal sealed class Figures(NpgsqlDataSource database)
{
    public async Task TotalCountAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        await using var command = database.CreateCommand("SELECT count(*)::int FROM contacts WHERE lifecycle_stage = $1 AND archived_at IS NULL");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = input.Stage! });
        var count = (int)(await command.ExecuteScalarAsync(context.RequestAborted))!;

        var json = Answer.Begin(context);
        json.WriteStartObject("contacts"u8);
        json.WriteNumber("totalCount"u8, count);
        json.WriteEndObject();
        await Answer.EndAsync(context, json);
    }

    public async Task DealsByStageAsync(HttpContext context)
    {
        await Input.ReadAsync(context);
        await using var command = database.CreateCommand("""
            SELECT stage_id, coalesce(sum(amount), 0) FROM deals WHERE archived_at IS NULL
            GROUP BY stage_id ORDER BY stage_id LIMIT 10
            """);
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        var json = Answer.Begin(context);
        json.WriteStartObject("dealsAggregate"u8);
        json.WriteStartArray("groups"u8);
        while (await row.ReadAsync(context.RequestAborted))
        {
            json.WriteStartObject();
            json.WriteStartObject("key"u8);
            json.Text("stageId"u8, row, 0);
            json.WriteEndObject();
            json.WriteStartObject("sum"u8);
            json.WriteNumber("amount"u8, row.GetDecimal(1));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await Answer.EndAsync(context, json);
    }

    /// <summary><c>SELECT 1</c>.</summary>
    public async Task NothingAsync(HttpContext context)
    {
        await Input.ReadAsync(context);
        await using var command = database.CreateCommand("SELECT 1");
        var one = (int)(await command.ExecuteScalarAsync(context.RequestAborted))!;
        var json = Answer.Begin(context);
        json.WriteNumber("one"u8, one);
        await Answer.EndAsync(context, json);
    }
}
