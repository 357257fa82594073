using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace RawEndpoint;

/// <summary>
/// The least that an honest write of a contact does: it refuses an address that a live contact has, and leaves in one
/// transaction the contact with the stamps of its values, and the change that subscribers and the timeline read. It
/// checks no value, locks no address, knows no idempotency and keeps up no rollups.
/// </summary>
internal sealed class ContactWrite(NpgsqlDataSource database)
{
    private const string Sql = """
        WITH made AS (
            INSERT INTO contacts (id, email, first_name, lifecycle_stage, created_at, updated_at, version, properties, stamps)
            SELECT $1, $2, 'Ada', 'lead', $3, $3, 1, '{}', $4
            WHERE NOT EXISTS (SELECT FROM contacts WHERE lower(email) = lower($2) AND archived_at IS NULL)
            RETURNING id, first_name, lifecycle_stage, version
        ), told AS (
            INSERT INTO record_changes (record_type, record_id, kind, fields, source, version, occurred_at, recorded_at)
            SELECT 'Contact', id, 'CREATED', $5, 'LUCITRA_API', version, $3, $3 FROM made
        )
        SELECT first_name, lifecycle_stage, version FROM made
        """;

    public async Task CreateAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var stamp = $$"""{"at": "{{now:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}}", "source": "LUCITRA_API"}""";
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = input.Email! });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now });
        command.Parameters.Add(Json($$"""{"email": {{stamp}}, "firstname": {{stamp}}, "lifecyclestage": {{stamp}}}"""));
        command.Parameters.Add(Json($$"""[{"field": "email", "new": {{JsonSerializer.Serialize(input.Email)}}}, {"field": "firstname", "new": "Ada"}, {"field": "lifecyclestage", "new": "lead"}]"""));
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        if (!await row.ReadAsync(context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status409Conflict;
            return;
        }

        var json = Answer.Begin(context);
        json.WriteStartObject("createContact"u8);
        json.WriteStartObject("contact"u8);
        json.Text("firstName"u8, row, 0);
        json.Text("lifecycleStage"u8, row, 1);
        json.WriteNumber("version"u8, row.GetInt32(2));
        json.WriteEndObject();
        json.WriteNull("errors"u8);
        json.WriteEndObject();
        await Answer.EndAsync(context, json);
    }

    private static NpgsqlParameter<string> Json(string text) => new() { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
