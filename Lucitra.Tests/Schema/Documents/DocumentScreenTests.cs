using GraphQL;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Schema.Documents;

public sealed class DocumentScreenTests
{
    private static readonly string[] _limitNames =
        [nameof(GraphQLOptions.MaxTokens), nameof(GraphQLOptions.MaxFields), nameof(GraphQLOptions.MaxDepth), nameof(GraphQLOptions.MaxDirectives)];

    private static string DoublingFragments(int count) => "{ ...F0 } " + string.Concat(
        Enumerable.Range(0, count).Select(number => $"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }} "))
        + $"fragment F{count} on Query {{ hello }}";

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{ a ", depth)) + new string('}', depth);

    [Fact]
    public void The_introspection_query_of_graphql_js_passes()
    {
        Assert.Null(Screen(IntrospectionQuery.Text));
    }

    [Fact]
    public void Fragments_that_double_22_times_are_refused()
    {
        AssertLimit(Screen(DoublingFragments(22)), nameof(GraphQLOptions.MaxFields));
    }

    [Fact]
    public void Fragments_that_double_90_times_cost_no_more_than_their_text()
    {
        AssertLimit(Screen(DoublingFragments(90)), nameof(GraphQLOptions.MaxFields));
    }

    [Fact]
    public void Cyclic_fragments_are_left_to_validation()
    {
        Assert.Null(Screen("{ ...A } fragment A on Query { ...B } fragment B on Query { hello ...A }"));
    }

    [Fact]
    public void Cyclic_fragments_that_double_are_refused()
    {
        var document = DoublingFragments(22).Replace("{ hello }", "{ ...F0 }", StringComparison.Ordinal);
        AssertLimit(Screen(document), nameof(GraphQLOptions.MaxFields));
    }

    [Fact]
    public void A_fragment_counts_where_it_is_spread_or_once_when_it_is_not()
    {
        var fields = string.Concat(Enumerable.Repeat("hello ", 600));
        var fragment = "fragment F on Query { " + fields + "}";

        Assert.Null(Screen("{ ...F } " + fragment));
        Assert.Null(Screen("{ hello } " + fragment));
        AssertLimit(Screen("{ ...F ...F } " + fragment), nameof(GraphQLOptions.MaxFields));
        AssertLimit(Screen("{ " + fields + "} " + fragment), nameof(GraphQLOptions.MaxFields));
    }

    [Theory]
    [InlineData("hello ", 3000, nameof(GraphQLOptions.MaxFields))]
    [InlineData("unknown ", 20_000, nameof(GraphQLOptions.MaxTokens))]
    [InlineData("...F ", 1001, nameof(GraphQLOptions.MaxFields))]
    public void Too_many_selections_are_refused(string selection, int count, string setting)
    {
        AssertLimit(Screen("{ " + string.Concat(Enumerable.Repeat(selection, count)) + "}"), setting);
    }

    [Fact]
    public void The_message_names_the_setting_its_value_and_what_was_found()
    {
        var error = Screen("{ " + string.Concat(Enumerable.Repeat("hello ", 3000)) + "}");

        Assert.Equal("The document has 3000 fields after expanding fragments; GraphQL:MaxFields allows 1000.", error!.Message);
        Assert.Equal(ErrorCodes.DocumentTooComplex, error.Code);
        Assert.Equal(3000, error.Extensions!["found"]);
    }

    [Fact]
    public void Depth_is_counted_through_fragments()
    {
        Assert.Null(Screen(Nested(24)));
        AssertLimit(Screen(Nested(25)), nameof(GraphQLOptions.MaxDepth));
        AssertLimit(Screen("{ a { ...F } } fragment F on Query " + Nested(24)), nameof(GraphQLOptions.MaxDepth));
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(200)]
    public void Nesting_deeper_than_the_parser_goes_is_refused(int depth)
    {
        var error = Screen("{ a(b: " + new string('[', depth) + new string(']', depth) + ") }");
        Assert.Contains(((string)error!.Extensions!["setting"]!)["GraphQL:".Length..], _limitNames);
    }

    [Fact]
    public void Fragments_are_limited()
    {
        var spreads = string.Concat(Enumerable.Range(0, 101).Select(number => $"...F{number} "));
        var fragments = string.Concat(Enumerable.Range(0, 101).Select(number => $"fragment F{number} on Query {{ hello }} "));
        AssertLimit(Screen($"{{ {spreads} }} {fragments}"), nameof(GraphQLOptions.MaxFragments));
    }

    [Fact]
    public void Directives_are_limited()
    {
        var document = "{ hello " + string.Concat(Enumerable.Repeat("@skip(if: false) ", 101)) + "}";
        AssertLimit(Screen(document), nameof(GraphQLOptions.MaxDirectives));
    }

    [Fact]
    public void Bytes_are_limited_not_characters()
    {
        var options = new GraphQLOptions { MaxRequestBytes = 1024 };
        var document = "{ hello } # " + new string('é', 600);

        Assert.Equal(ErrorCodes.RequestTooLarge, Screen(document, options)!.Code);
        Assert.Null(Screen("{ hello } # " + new string('e', 600), options));
    }

    [Fact]
    public void A_syntax_error_has_its_place()
    {
        var error = Screen("{ contacts( }")!;

        Assert.Equal(ErrorCodes.SyntaxError, error.Code);
        Assert.Equal((1, 13), (error.Locations![0].Line, error.Locations[0].Column));
    }

    [Theory]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("{ ...F } fragment F on Query { a: __type(name: \"A\") { name } }")]
    public void Introspection_can_be_refused(string document)
    {
        Assert.Null(Screen(document));
        Assert.Equal(ErrorCodes.IntrospectionNotAllowed, Screen(document, new() { AllowIntrospection = false })!.Code);
    }

    [Fact]
    public void Typename_is_not_introspection()
    {
        Assert.Null(Screen("{ __typename }", new() { AllowIntrospection = false }));
    }

    private static ExecutionError? Screen(string document, GraphQLOptions? options = null) =>
        new DocumentScreen(Options.Create(options ?? new())).Screen(document, out _);

    private static void AssertLimit(ExecutionError? error, string setting)
    {
        Assert.Equal(ErrorCodes.DocumentTooComplex, error?.Code);
        Assert.Equal($"GraphQL:{setting}", error!.Extensions!["setting"]);
    }
}
