using Npgsql;

namespace RawEndpoint;

/// <summary>Keeps the body of a webhook: one row, one prepared statement. Nothing is checked, and nobody is told.</summary>
internal sealed class Inbox(NpgsqlDataSource database)
{
    private const string Insert = "INSERT INTO raw_inbox (body) VALUES ($1)";

    public async Task<IResult> KeepAsync(HttpRequest request)
    {
        var body = new byte[(int)request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body);
        await using var command = database.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
        await command.ExecuteNonQueryAsync();
        return Results.NoContent();
    }
}
