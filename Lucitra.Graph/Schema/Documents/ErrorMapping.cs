using System.Diagnostics;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The one place that decides what clients see of an error.</summary>
internal sealed class ErrorMapping(IOptions<GraphQLOptions> options) : IErrorInfoProvider
{
    private const int LongestMessage = 500;

    // A suggestion tells a name of the schema to somebody who may not read it.
    private readonly bool _suggests = options.Value.AllowIntrospection is not false;

    public ErrorInfo GetInfo(ExecutionError executionError) => executionError switch
    {
        UnhandledError => Masked(),
        InvalidVariableError error => Variable(error),
        ValidationError error => Validation(error),
        _ => Known(executionError),
    };

    private static ErrorInfo Masked()
    {
        var extensions = new Dictionary<string, object?> { ["code"] = ErrorCodes.Unexpected };
        if (Activity.Current is { } activity)
            extensions["traceId"] = activity.TraceId.ToHexString();
        return new() { Message = "Unexpected Execution Error", Extensions = extensions };
    }

    private static ErrorInfo Known(ExecutionError error)
    {
        if (error.Code is null && error.Extensions is not { Count: > 0 })
            return new() { Message = error.Message };

        var extensions = new Dictionary<string, object?>();
        if (error.Code is not null)
            extensions["code"] = error.Code;
        foreach (var (key, value) in error.Extensions ?? [])
            extensions.TryAdd(key, value);
        return new() { Message = error.Message, Extensions = extensions };
    }

    // HotChocolate gives validation errors no code; what identifies the rule is its place in the specification.
    private ErrorInfo Validation(ValidationError error)
    {
        var extensions = error.Extensions is null ? [] : new Dictionary<string, object?>(error.Extensions);
        if (SpecSections.Of(error.Number) is { } section)
            extensions["specifiedBy"] = section;
        return new() { Message = Shorten(error.Message), Extensions = extensions.Count == 0 ? null : extensions };
    }

    private ErrorInfo Variable(InvalidVariableError error)
    {
        var definition = error.Nodes.OfType<GraphQLVariableDefinition>().FirstOrDefault();
        var extensions = new Dictionary<string, object?>();

        // The engine has one error for all of them; only its text tells a null from a wrong value.
        if (error.InnerException is null && error.Message.Contains("non-null", StringComparison.Ordinal))
            extensions["code"] = ErrorCodes.NonNullVariable;
        extensions["variable"] = definition?.Variable.Name.StringValue;
        return new() { Message = Shorten(error.Message), Extensions = extensions };
    }

    private string Shorten(string message)
    {
        if (!_suggests && message.IndexOf(" Did you mean", StringComparison.Ordinal) is > 0 and var end)
            message = message[..end];

        // The engine quotes the value that it refuses, whatever its length.
        return message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage), "…");
    }
}
