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
internal sealed class DocumentScreen(IOptions<GraphQLOptions> options)
{
    // The parser recurses; selections nest at most MaxDepth (64), values and types are what may go deeper.
    private static readonly ParserOptions _parsing = new() { Ignore = IgnoreOptions.Comments, MaxDepth = 128 };

    private readonly GraphQLOptions _limits = options.Value;

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
            return Refuse(DocumentMeasure.Of(parsed), parsed);
        }
        catch (GraphQLMaxDepthExceededException e)
        {
            return TooComplex(nameof(GraphQLOptions.MaxDepth), "levels of nesting", _limits.MaxDepth, null).At(e.Location);
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

    private CodedError? Refuse(DocumentMeasure measure, GraphQLDocument document)
    {
        if (measure.Fields > _limits.MaxFields)
            return TooComplex(nameof(GraphQLOptions.MaxFields), "fields after expanding fragments", _limits.MaxFields, measure.Fields);
        if (measure.Fragments > _limits.MaxFragments)
            return TooComplex(nameof(GraphQLOptions.MaxFragments), "fragments", _limits.MaxFragments, measure.Fragments);
        if (measure.Depth > _limits.MaxDepth)
            return TooComplex(nameof(GraphQLOptions.MaxDepth), "levels of nesting", _limits.MaxDepth, measure.Depth);
        if (measure.Directives > _limits.MaxDirectives)
            return TooComplex(nameof(GraphQLOptions.MaxDirectives), "directives", _limits.MaxDirectives, measure.Directives);
        if (measure.Introspection is { } field && !_limits.AllowIntrospection)
        {
            return new CodedError(
                ErrorCodes.IntrospectionNotAllowed,
                "Introspection is not allowed for the current request.",
                new Dictionary<string, object?> { ["field"] = field.Name.StringValue }).At(field, document);
        }

        return null;
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
