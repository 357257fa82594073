using GraphQL;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Http.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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
        var fields = string.Concat(Enumerable.Range(0, 600).Select(number => $"hello{number} "));
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
    public void Aliases_are_limited_through_fragments()
    {
        static string Aliases(int count) => string.Concat(Enumerable.Range(0, count).Select(number => $"a{number}: hello "));

        Assert.Null(Screen($"{{ {Aliases(50)} }}"));
        AssertLimit(Screen($"{{ {Aliases(51)} }}"), nameof(GraphQLOptions.MaxAliases));
        AssertLimit(Screen($"{{ a {{ ...F }} b {{ ...F }} }} fragment F on Query {{ {Aliases(26)} }}"), nameof(GraphQLOptions.MaxAliases));
    }

    [Theory]
    [InlineData("{ REPEATED }")]
    [InlineData("{ a { REPEATED } }")]
    [InlineData("{ ...F } fragment F on Query { a { REPEATED } }")]
    [InlineData("{ hello } fragment Unspread on Query { REPEATED }")]
    [InlineData("{ ... { HALF } ...F } fragment F on Query { HALF }")]
    [InlineData("{ a { HALF } a { HALF } }")]
    public void A_field_repeated_too_often_is_refused_wherever_it_merges(string document)
    {
        static string Repeated(int count) => string.Concat(Enumerable.Repeat("hello ", count));
        string With(int count) => document
            .Replace("REPEATED", Repeated(count), StringComparison.Ordinal)
            .Replace("HALF", Repeated(count / 2), StringComparison.Ordinal);

        Assert.Null(Screen(With(100)));
        AssertLimit(Screen(With(102)), nameof(GraphQLOptions.MaxRepeatedPairs));
    }

    [Fact]
    public void The_same_field_in_different_places_is_no_repetition()
    {
        Assert.Null(Screen("{ " + string.Concat(Enumerable.Range(0, 400).Select(number => $"f{number} {{ id }} ")) + "}"));
    }

    [Fact]
    public void Reporting_lets_a_document_pass_up_to_what_a_setting_can_allow()
    {
        var options = new GraphQLOptions { Limits = { Mode = LimitMode.Report } };

        Assert.Null(Screen(Nested(30), options));
        Assert.Null(Screen("{ " + string.Concat(Enumerable.Repeat("hello ", 900)) + "}", options));
        AssertLimit(Screen(DoublingFragments(22), options), nameof(GraphQLOptions.MaxFields));
        AssertLimit(Screen(Nested(65), options), nameof(GraphQLOptions.MaxDepth));
    }

    [Fact]
    public void A_document_is_reported_once()
    {
        using var logs = new RecordedLogs();
        using var factory = new LoggerFactory([logs]);
        var screen = new DocumentScreen(
            Options.Create(new GraphQLOptions { Limits = { Mode = LimitMode.Report } }), factory.CreateLogger<DocumentScreen>());

        screen.Screen(Nested(30), out _);
        screen.Screen(Nested(30), out _);
        screen.Screen(Nested(31), out _);

        var hash = DocumentSightings.HashOf(Nested(30));
        Assert.Equal(2, logs.Messages.Count());
        Assert.Equal($"Document {hash} has 30 levels of nesting; GraphQL:MaxDepth allows 24 and would refuse it", logs.Messages.First());
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

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { name } } } } } }", true)]
    [InlineData("{ __type(name: \"A\") { ...F } } fragment F on __Type { fields { type { ...G } } } fragment G on __Type { interfaces { name } }", true)]
    [InlineData("{ __schema { types { fields { type { ofType { name } } } inputFields { name } } } }", false)]
    [InlineData("{ fields { fields { fields { name } } } }", false)]
    public void Introspection_in_circles_is_refused(string document, bool isRefused)
    {
        Assert.Equal(isRefused ? ErrorCodes.IntrospectionTooDeep : null, Screen(document)?.Code);
    }

    [Fact]
    public void Typename_is_not_introspection()
    {
        Assert.Null(Screen("{ __typename }", new() { AllowIntrospection = false }));
    }

    private static ExecutionError? Screen(string document, GraphQLOptions? options = null) =>
        new DocumentScreen(Options.Create(options ?? new()), NullLogger<DocumentScreen>.Instance).Screen(document, out _);

    private static void AssertLimit(ExecutionError? error, string setting)
    {
        Assert.Equal(ErrorCodes.DocumentTooComplex, error?.Code);
        Assert.Equal($"GraphQL:{setting}", error!.Extensions!["setting"]);
    }
}
