using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>Runs the mutations on records with an input given as a variable.</summary>
internal static class Mutations
{
    private const string Contact = "contact { id email firstName lastName phone company version archivedAt deals { nodes { name } } properties { name value source sourceId } }";
    private const string Deal = "deal { id name amount currency pipelineId stageId closeDate isClosed isWon version archivedAt contacts { nodes { email } } }";

    /// <summary>The payload of a mutation such as createContact; its GraphQL errors fail the test.</summary>
    public static async Task<JsonElement> MutateAsync(this LucitraApp app, string mutation, object input)
    {
        var name = char.ToUpperInvariant(mutation[0]) + mutation[1..];
        var record = mutation.EndsWith("Contact", StringComparison.Ordinal) ? Contact : Deal;
        var issues = mutation.StartsWith("archive", StringComparison.Ordinal) ? "" : "... on ValidationFailedError { issues { field message } }";
        var data = await app.QueryAsync(
            $"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {record} errors {{ __typename ... on Error {{ message }} {issues} }} }} }}",
            new { input });
        return data.GetProperty(mutation);
    }

    public static string? ErrorType(this JsonElement payload) => payload.At("errors").ValueKind == JsonValueKind.Null ? null : payload.Text("errors.0.__typename");
}
