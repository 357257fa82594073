using Npgsql;

namespace RawEndpoint;

/// <summary>A page of contacts with their deals and the deals' stages, in one statement.</summary>
internal sealed class NestedPage(NpgsqlDataSource database)
{
    private const int PageSize = 50;

    private const string Sql = """
        SELECT c.id, c.created_at, c.email, c.first_name, c.last_name, d.id, d.name, d.amount, d.label
        FROM (
            SELECT id, created_at, email, first_name, last_name FROM contacts
            WHERE created_at >= $1 AND archived_at IS NULL ORDER BY created_at DESC, id LIMIT 51
        ) AS c
        LEFT JOIN LATERAL (
            SELECT deals.id, deals.name, deals.amount, stages.label
            FROM deal_contacts AS links
            JOIN deals ON deals.id = links.deal_id
            LEFT JOIN deal_stages AS stages ON stages.pipeline_id = deals.pipeline_id AND stages.hubspot_id = deals.stage_id
            WHERE links.contact_id = c.id AND deals.archived_at IS NULL
            ORDER BY deals.id LIMIT 10
        ) AS d ON true
        ORDER BY c.created_at DESC, c.id, d.id
        """;

    public async Task AnswerAsync(HttpContext context)
    {
        var input = await Input.ReadAsync(context);
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = input.Since!.Value.ToUniversalTime() });
        await using var row = await command.ExecuteReaderAsync(context.RequestAborted);

        var json = Answer.Begin(context);
        json.WriteStartObject("contacts"u8);
        json.WriteStartArray("nodes"u8);
        var (contacts, more, last) = (0, false, default((DateTime CreatedAt, Guid Id)));
        while (await row.ReadAsync(context.RequestAborted))
        {
            var id = row.GetGuid(0);
            if (contacts == 0 || id != last.Id)
            {
                if (contacts > 0)
                    EndContact();
                if (contacts == PageSize)
                {
                    more = true;
                    break;
                }

                contacts++;
                last = (row.GetDateTime(1), id);
                json.WriteStartObject();
                json.WriteString("id"u8, Ids.Of(Ids.Contact, id));
                json.Text("email"u8, row, 2);
                json.Text("firstName"u8, row, 3);
                json.Text("lastName"u8, row, 4);
                json.WriteStartObject("deals"u8);
                json.WriteStartArray("nodes"u8);
            }

            if (!row.IsDBNull(5))
                WriteDeal();
        }

        if (contacts > 0 && !more)
            EndContact();
        json.WriteEndArray();
        json.PageInfo(more, contacts == 0 ? null : Cursors.Of(last.CreatedAt, last.Id));
        json.WriteEndObject();
        await Answer.EndAsync(context, json);

        void WriteDeal()
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Ids.Of(Ids.Deal, row.GetGuid(5)));
            json.Text("name"u8, row, 6);
            if (row.IsDBNull(7))
                json.WriteNull("amount"u8);
            else
                json.WriteNumber("amount"u8, row.GetDecimal(7));
            if (row.IsDBNull(8))
            {
                json.WriteNull("stage"u8);
            }
            else
            {
                json.WriteStartObject("stage"u8);
                json.WriteString("label"u8, row.GetString(8));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        void EndContact()
        {
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
