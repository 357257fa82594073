using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lucitra.Webhooks.Crm;

/// <summary>HubSpot's description of an error, alone or within the answer to a batch. Any member may be missing.</summary>
internal sealed partial record ErrorBody(
    string? Message = null,
    string? Category = null,
    string? CorrelationId = null,
    string? PolicyName = null,
    string? ErrorType = null,
    string? Code = null,
    IReadOnlyDictionary<string, JsonElement>? Context = null,
    IReadOnlyList<ErrorBody>? Errors = null)
{
    private const string NotFound = "OBJECT_NOT_FOUND";

    /// <summary>Fails for errors of a batch that do not say "not found": what they are about must not pass for gone.</summary>
    public static void ThrowUnlessOnlyMissing(IReadOnlyList<ErrorBody>? errors, string operation)
    {
        if (errors?.FirstOrDefault(error => error.Category != NotFound) is { } other)
        {
            throw new HubSpotApiException(other.Kind(), operation)
            {
                Category = other.SafeCategory(),
                Code = other.FirstCode(),
                PropertyNames = other.PropertyNames(),
            };
        }
    }

    /// <summary>What an error within a batch means; there it has no status.</summary>
    public HubSpotErrorKind Kind() => Category switch
    {
        "VALIDATION_ERROR" => HubSpotErrorKind.Validation,
        NotFound => HubSpotErrorKind.NotFound,
        "CONFLICT" => HubSpotErrorKind.Conflict,
        "MISSING_SCOPES" => HubSpotErrorKind.MissingScopes,
        "RATE_LIMITS" => HubSpotErrorKind.RateLimited,
        "LOCKED" => HubSpotErrorKind.Locked,
        _ => HubSpotErrorKind.Unexpected,
    };

    /// <summary>The ids and trace ids that it is about.</summary>
    public IReadOnlyCollection<string> Named() =>
        [.. TextsOf(Context, "objectWriteTraceId"), .. TextsOf(Context, "ids"), .. TextsOf(Context, "id"), .. TextsOf(Context, "fromObjectId")];

    /// <summary>The internal names of the refused properties; HubSpot keeps them in one of two places.</summary>
    public IReadOnlyList<string> PropertyNames() =>
        [.. (Errors ?? []).SelectMany(error => TextsOf(error.Context, "propertyName"))
            .Concat(TextsOf(Context, "propertyName"))
            .Concat(Refusals().Select(refusal => refusal.Name))
            .OfType<string>().Where(name => PropertyName().IsMatch(name)).Distinct()];

    public string? FirstCode() =>
        Refusals().Select(refusal => refusal.Error)
            .Concat((Errors ?? []).Select(error => error.Code))
            .Append(Code)
            .FirstOrDefault(code => code is not null && CodeName().IsMatch(code));

    /// <summary>The category where it is a name, so that no other text gets into messages by it.</summary>
    public string? SafeCategory() => Category is not null && CodeName().IsMatch(Category) ? Category : null;

    public string? SafeCorrelationId() => CorrelationId is not null && Correlation().IsMatch(CorrelationId) ? CorrelationId : null;

    public string? ExistingId() => ExistingRecord().Match(Message ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    // "Property values were not valid: [{...}]": the array is JSON.
    private List<RefusalBody> Refusals()
    {
        if (Message?.IndexOf("[{", StringComparison.Ordinal) is not ({ } start and >= 0))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<RefusalBody>>(Message.AsSpan(start), HubSpotJson.Options) ?? [];
        }
        catch (JsonException)
        {
            // Text about the error, which was only ever meant for people.
            return [];
        }
    }

    private static IEnumerable<string> TextsOf(IReadOnlyDictionary<string, JsonElement>? context, string name)
    {
        if (context?.TryGetValue(name, out var found) is not true)
            return [];
        return found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().Select(item => item.ToString()) : [found.ToString()];
    }

    [GeneratedRegex(@"Existing ID: (\d{1,20})", RegexOptions.CultureInvariant)]
    private static partial Regex ExistingRecord();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]{1,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,127}$", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"^[A-Za-z0-9\-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Correlation();

    private sealed record RefusalBody(string? Name = null, string? Error = null);
}
