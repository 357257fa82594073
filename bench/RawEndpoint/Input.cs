using System.Text.Json;

namespace RawEndpoint;

/// <summary>The variables of a request, the one part of its body that is read.</summary>
internal sealed record Input(string? Id, string? Stage, DateTime? Since, string? After, string? Email)
{
    public static async ValueTask<Input> ReadAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            if (!read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var input = Parse(new Utf8JsonReader(read.Buffer));
            body.AdvanceTo(read.Buffer.End);
            return input;
        }
    }

    private static Input Parse(Utf8JsonReader json)
    {
        var input = new Input(null, null, null, null, null);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isVariables = json.ValueTextEquals("variables"u8);
            json.Read();
            if (!isVariables || json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                input = Variable(input, ref json);
        }

        return input;
    }

    private static Input Variable(Input input, ref Utf8JsonReader json)
    {
        var name = json.GetString();
        json.Read();
        return name switch
        {
            "id" => input with { Id = json.GetString() },
            "stage" => input with { Stage = json.GetString() },
            "since" => input with { Since = json.GetDateTime() },
            "after" => input with { After = json.GetString() },
            "email" => input with { Email = json.GetString() },
            _ => throw new BadHttpRequestException($"There is no variable {name}."),
        };
    }
}
