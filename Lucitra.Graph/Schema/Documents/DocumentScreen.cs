using System.Text;
using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Parses a document and refuses it when it exceeds a limit, in linear time and before validation, whose rules
/// take exponential time on fragments that spread each other and quadratic time on repeated fields.
/// </summary>
internal sealed partial class DocumentScreen(IOptions<GraphQLOptions> options, ILogger<DocumentScreen> logger)
{
    // The parser recurses; selections nest at most MaxDepth (64), values and types are what may go deeper.
    private static readonly ParserOptions _parsing = new() { Ignore = IgnoreOptions.Comments, MaxDepth = 128 };

    private readonly GraphQLOptions _limits = options.Value;
    private readonly DocumentSightings _reported = new();

    /// <summary>Returns the error to answer with, or null with <paramref name="document"/> set.</summary>
    public ExecutionError? Screen(string text, out ParsedDocument? document)
    {
        document = null;
        if (text.Length > _limits.MaxRequestBytes || Encoding.UTF8.GetByteCount(text) > _limits.MaxRequestBytes)
            return TooLarge(_limits.MaxRequestBytes);

        try
        {
            var tokens = CountTokens(text);
            if (tokens > _limits.MaxTokens)
                return TooComplex(nameof(GraphQLOptions.MaxTokens), "tokens", _limits.MaxTokens, null);

            var parsed = Parser.Parse<GraphQLDocument>(text, _parsing);
            document = new(parsed, text, tokens);
            return Refuse(DocumentMeasure.Of(parsed), parsed, text);
        }
        catch (GraphQLMaxDepthExceededException e)
        {
            return TooComplex(nameof(GraphQLOptions.MaxDepth), "levels of nesting", _limits.MaxDepth, null).At(e.Location);
        }
        catch (InsufficientExecutionStackException)
        {
            // Inline fragments and spreads nest without adding to the depth.
            return TooComplex(nameof(GraphQLOptions.MaxDepth), "levels of nesting", _limits.MaxDepth, null);
        }
        catch (GraphQLParserException e)
        {
            return new CodedError(ErrorCodes.SyntaxError, e.Description).At(e.Location);
        }
    }

    public static CodedError TooLarge(int limit) => new(
        ErrorCodes.RequestTooLarge,
        $"The request is larger than the {limit} bytes that GraphQL:MaxRequestBytes allows.",
        new Dictionary<string, object?> { ["setting"] = "GraphQL:MaxRequestBytes", ["limit"] = limit });

    private CodedError? Refuse(DocumentMeasure measure, GraphQLDocument document, string text)
    {
        foreach (var limit in Measured(measure, document))
        {
            if (limit.Found <= limit.Allowed)
                continue;
            if (_limits.Limits.Mode == LimitMode.Enforce || limit.Found > limit.Most)
                return TooComplex(limit.Setting, limit.What, limit.Allowed, limit.Found);
            if (_reported.IsFirst(text, out var hash))
                Log.OverLimit(logger, hash, limit.Found, limit.What, limit.Setting, limit.Allowed);
        }

        if (measure.Introspection is { } field && _limits.AllowIntrospection is false)
        {
            return new CodedError(
                ErrorCodes.IntrospectionNotAllowed,
                "Introspection is not allowed for the current request.",
                new Dictionary<string, object?> { ["field"] = field.Name.StringValue }).At(field, document);
        }

        return measure.CircularIntrospection is { } circular
            ? new CodedError(ErrorCodes.IntrospectionTooDeep, "Maximum allowed introspection depth exceeded.").At(circular, document)
            : null;
    }

    private IEnumerable<Limit> Measured(DocumentMeasure measure, GraphQLDocument document)
    {
        yield return new("MaxFields", "fields after expanding fragments", measure.Fields, _limits.MaxFields, LimitOptions.MostFields);
        yield return new("MaxFragments", "fragments", measure.Fragments, _limits.MaxFragments, LimitOptions.MostFragments);
        yield return new("MaxDepth", "levels of nesting", measure.Depth, _limits.MaxDepth, LimitOptions.MostDepth);
        yield return new("MaxDirectives", "directives", measure.Directives, _limits.MaxDirectives, LimitOptions.MostDirectives);
        yield return new("MaxAliases", "aliases after expanding fragments", measure.Aliases, _limits.MaxAliases, LimitOptions.MostAliases);

        // Last: its walk is bounded by the number of fields.
        var pairs = RepeatedFields.PairsIn(document, measure.Fields);
        yield return new("MaxRepeatedPairs", "pairs of fields with one name", pairs, _limits.MaxRepeatedPairs, LimitOptions.MostRepeatedPairs);
    }

    private int CountTokens(string text)
    {
        var count = 0;
        var position = 0;
        while (count <= _limits.MaxTokens)
        {
            var token = Lexer.Lex(text, position);
            if (token.Kind == TokenKind.EOF)
                break;
            if (token.Kind != TokenKind.COMMENT)
                count++;
            position = token.End;
        }

        return count;
    }

    private static CodedError TooComplex(string setting, string what, int limit, int? found)
    {
        var amount = found switch { null => $"more than {limit}", int.MaxValue => "billions of", _ => $"{found}" };
        var extensions = new Dictionary<string, object?> { ["setting"] = $"GraphQL:{setting}", ["limit"] = limit };
        if (found is < int.MaxValue)
            extensions["found"] = found;
        return new(
            ErrorCodes.DocumentTooComplex,
            $"The document has {amount} {what}; GraphQL:{setting} allows {limit}.",
            extensions);
    }

    private readonly record struct Limit(string Setting, string What, int Found, int Allowed, int Most);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Document {Hash} has {Found} {What}; GraphQL:{Setting} allows {Allowed} and would refuse it")]
        public static partial void OverLimit(ILogger logger, string hash, int found, string what, string setting, int allowed);
    }
}

file static class Located
{
    public static CodedError At(this CodedError error, Location location)
    {
        error.AddLocation(location);
        return error;
    }

    public static CodedError At(this CodedError error, ASTNode node, GraphQLDocument document) =>
        error.At(Location.FromLinearPosition(document.Source, node.Location.Start));
}
