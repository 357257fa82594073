using System.Globalization;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// <c>If-Match</c> as the version that the record must be at: an ETag begins with it. Which encoding or selection of the
/// record the tag was given for does not matter to a change, so a weak tag, as proxies make them, counts as well.
/// </summary>
internal static class RestPreconditions
{
    public const string Version = "version";

    /// <summary>Sets the version in the input; returns the error to answer with, or null.</summary>
    public static CodedError? Add(HttpRequest request, RestParameters parameters, Dictionary<string, object?> variables)
    {
        const string Header = "If-Match";
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.IfMatch.Count == 0)
            return null;

        if (!TakesVersion(parameters) || RestVariables.InputIn(variables) is not { } input)
            return RestVariables.Invalid("This route does not take If-Match.", ProblemPart.Header, Header);
        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch.OfType<string>().ToList(), out var tags) || tags is not [var tag])
            return RestVariables.Invalid("If-Match must be one ETag of the record, or *.", ProblemPart.Header, Header);
        if (tag == EntityTagHeaderValue.Any)
            return null;
        if (VersionOf(tag) is not { } version)
            return new(ErrorCodes.PreconditionFailed, "If-Match is no ETag that this record ever had.");
        if (input.TryGetValue(Version, out var other) && other as int? != version)
            return RestVariables.Invalid($"The body member '{Version}' differs from If-Match.", ProblemPart.Pointer, Version);

        input[Version] = version;
        return null;
    }

    /// <summary>Whether the document's input has a version to compare with.</summary>
    public static bool TakesVersion(RestParameters parameters) =>
        (parameters.Variables.GetValueOrDefault(RestDocument.InputVariable)?.GetNamedType() as IInputObjectGraphType)?.Fields.Find(Version) is not null;

    private static int? VersionOf(EntityTagHeaderValue tag) =>
        int.TryParse(tag.Tag.AsSpan().Trim('"').ToString().Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
