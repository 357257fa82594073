using System.Text.Json;
using Npgsql;

namespace RawEndpoint;

/// <summary>A contact by its id, and flat pages of contacts, latest first.</summary>
internal sealed class ContactReads(NpgsqlDataSource database)
{
    private const int PageSize = 20;

    public async Task ByIdAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        await using var command = database.CreateCommand("SELECT id, email, first_name, last_name, company, lifecycle_stage, created_at FROM contacts WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Ids.KeyOf(input.Id!) });
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        var found = await row.ReadAsync(context.RequestAborted);

        var json = Answer.Begin(context);
        if (found)
        {
            json.WriteStartObject("contactById"u8);
            json.WriteString("id"u8, Ids.Of(Ids.Contact, row.GetGuid(0)));
            json.Text("email"u8, row, 1);
            json.Text("firstName"u8, row, 2);
            json.Text("lastName"u8, row, 3);
            json.Text("company"u8, row, 4);
            json.Text("lifecycleStage"u8, row, 5);
            json.Instant("createdAt"u8, row, 6);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("contactById"u8);
        }

        await Answer.EndAsync(context, json);
    }

    public async Task FilteredPageAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        await using var command = database.CreateCommand("""
            SELECT id, created_at, email, lifecycle_stage FROM contacts
            WHERE lifecycle_stage = $1 AND created_at >= $2 AND archived_at IS NULL
            ORDER BY created_at DESC, id LIMIT 21
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = input.Stage! });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = input.Since!.Value.ToUniversalTime() });
        await AnswerPageAsync(context, command, static (json, row) =>
        {
            json.WriteString("id"u8, Ids.Of(Ids.Contact, row.GetGuid(0)));
            json.Text("email"u8, row, 2);
            json.Text("lifecycleStage"u8, row, 3);
            json.Instant("createdAt"u8, row, 1);
        });
    }

    public async Task PageAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);

        // The first comparison is what an index can begin at.
        await using var command = database.CreateCommand(input.After is null
            ? "SELECT id, created_at, email FROM contacts WHERE archived_at IS NULL ORDER BY created_at DESC, id LIMIT 21"
            : """
              SELECT id, created_at, email FROM contacts
              WHERE archived_at IS NULL AND created_at <= $1 AND (created_at < $1 OR id > $2)
              ORDER BY created_at DESC, id LIMIT 21
              """);
        if (input.After is { } after)
        {
            var (createdAt, id) = Cursors.Decode(after);
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = createdAt });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        }

        await AnswerPageAsync(context, command, static (json, row) =>
        {
            json.WriteString("id"u8, Ids.Of(Ids.Contact, row.GetGuid(0)));
            json.Text("email"u8, row, 2);
            json.Instant("createdAt"u8, row, 1);
        });
    }

    /// <summary>The columns that <c>GET /api/v1/contacts</c> gives.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        await using var command = database.CreateCommand("""
            SELECT id, created_at, hubspot_id, email, first_name, last_name, phone, company, job_title, lifecycle_stage, lead_status,
                owner_id, updated_at, archived_at, version
            FROM contacts WHERE lifecycle_stage = $1 AND archived_at IS NULL ORDER BY created_at DESC, id LIMIT 21
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = input.Stage! });
        await AnswerPageAsync(context, command, static (json, row) =>
        {
            json.WriteString("id"u8, Ids.Of(Ids.Contact, row.GetGuid(0)));
            json.Text("hubSpotId"u8, row, 2);
            json.Text("email"u8, row, 3);
            json.Text("firstName"u8, row, 4);
            json.Text("lastName"u8, row, 5);
            json.Text("phone"u8, row, 6);
            json.Text("company"u8, row, 7);
            json.Text("jobTitle"u8, row, 8);
            json.Text("lifecycleStage"u8, row, 9);
            json.Text("leadStatus"u8, row, 10);
            json.Text("ownerId"u8, row, 11);
            json.Instant("createdAt"u8, row, 1);
            json.Instant("updatedAt"u8, row, 12);
            json.Instant("archivedAt"u8, row, 13);
            json.WriteNumber("version"u8, row.GetInt32(14));
        }, bothCursors: true);
    }

    // Each statement has the id and the instant of creation first: they make the cursor.
    private static async Task AnswerPageAsync(HttpContext context, NpgsqlCommand command, Action<Utf8JsonWriter, NpgsqlDataReader> write, bool bothCursors = false)
    {
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);
        var json = Answer.Begin(context);
        json.WriteStartObject("contacts"u8);
        json.WriteStartArray("nodes"u8);
        var (rows, more) = (0, false);
        var (first, last) = (default((DateTime CreatedAt, Guid Id)), default((DateTime CreatedAt, Guid Id)));
        while (await row.ReadAsync(context.RequestAborted))
        {
            if (rows == PageSize)
            {
                more = true;
                break;
            }

            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
            last = (row.GetDateTime(1), row.GetGuid(0));
            if (rows++ == 0)
                first = last;
        }

        json.WriteEndArray();
        var endCursor = rows == 0 ? null : Cursors.Of(last.CreatedAt, last.Id);
        if (bothCursors)
            json.PageInfo(more, rows == 0 ? null : Cursors.Of(first.CreatedAt, first.Id), endCursor);
        else
            json.PageInfo(more, endCursor);
        json.WriteEndObject();
        await Answer.EndAsync(context, json);
    }
}
