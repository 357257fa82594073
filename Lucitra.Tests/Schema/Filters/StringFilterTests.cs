using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Filters;

public sealed class StringFilterTests
{
    [SkippableTheory, BothDatabases]
    public async Task Every_operation_on_text_keeps_what_it_says(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Contact("a", c => c.LastName = "Ada%x"),
            Crm.Contact("b", c => c.LastName = "ada_x"),
            Crm.Contact("c", c => c.LastName = @"Ada\x"),
            Crm.Contact("d", c => c.LastName = null),
            Crm.Contact("e", c => c.LastName = "Ünal 東"),
            Crm.Contact("f", c => c.LastName = "x'--"));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ("""lastName: {eq: "Ada%x"}""", "a"),
            ("""lastName: {eq: "ada%x"}""", ""),
            ("""lastName: {eq: null}""", "d"),
            ("""lastName: {neq: null}""", "a b c e f"),
            ("""lastName: {neq: "Ada%x"}""", "b c d e f"),
            ("""lastName: {contains: "%"}""", "a"),
            ("""lastName: {contains: "_"}""", "b"),
            ("""lastName: {contains: "\\"}""", "c"),
            ("""lastName: {contains: "Ada"}""", "a c"),
            ("""lastName: {contains: "ada"}""", "b"),
            ("""lastName: {contains: "'"}""", "f"),
            ("""lastName: {contains: "nal 東"}""", "e"),
            ("""lastName: {contains: "ü"}""", ""),
            ("""lastName: {contains: ""}""", "a b c e f"),
            ("""lastName: {ncontains: "Ada"}""", "b d e f"),
            ("""lastName: {in: ["ada_x", "Ünal 東"]}""", "b e"),
            ("""lastName: {in: ["ada_x", null]}""", "b d"),
            ("""lastName: {in: "ada_x"}""", "b"),
            ("""lastName: {in: []}""", ""),
            ("""lastName: {nin: ["ada_x"]}""", "a c d e f"),
            ("""lastName: {nin: ["ada_x", null]}""", "a c e f"),
            ("""lastName: {nin: []}""", "a b c d e f"),
            ("""lastName: {startsWith: "Ada"}""", "a c"),
            ("""lastName: {startsWith: "%"}""", ""),
            ("""lastName: {startsWith: "Ada\\"}""", "c"),
            ("""lastName: {startsWith: "Ü"}""", "e"),
            ("""lastName: {nstartsWith: "Ada"}""", "b d e f"),
            ("""lastName: {endsWith: "x"}""", "a b c"),
            ("""lastName: {endsWith: "_x"}""", "b"),
            ("""lastName: {endsWith: "X"}""", ""),
            ("""lastName: {nendsWith: "x"}""", "d e f"),
            ("""lastName: {startsWith: "A", endsWith: "%x"}""", "a"),
            ("""lastName: {or: [{eq: "Ünal 東"}, {startsWith: "ada"}]}""", "b e"),
            ("""lastName: {and: [{startsWith: "Ada"}, {endsWith: "x"}], ncontains: "%"}""", "c"),
            ("""lastName: {or: []}""", "a b c d e f"),
            ("""lastName: {or: [{}, {eq: "Ünal 東"}]}""", "a b c d e f"),
            ("""lastName: {and: []}""", "a b c d e f"),
            ("""lastName: {}""", "a b c d e f"));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_variable_filters_as_a_literal_does(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("a", c => c.LastName = "50% off"), Crm.Contact("b", c => c.LastName = "50 off"), Crm.Contact("c"));

        var data = await app.QueryAsync(
            """
            query($where: ContactFilterInput, $text: String, $none: String, $left: ContactFilterInput) {
              whole: contacts(where: $where) { nodes { email } }
              operand: contacts(where: {lastName: {contains: $text}}) { nodes { email } }
              null: contacts(where: {lastName: {eq: $none}}) { nodes { email } }
              absent: contacts(where: $left) { totalCount }
            }
            """,
            new { where = new { lastName = new { contains = "%" } }, text = "%", none = (string?)null });

        Assert.Equal(["a"], data.Texts("whole.nodes", "email"));
        Assert.Equal(["a"], data.Texts("operand.nodes", "email"));
        Assert.Equal(["c"], data.Texts("null.nodes", "email"));
        Assert.Equal(3, data.At("absent.totalCount").GetInt32());
    }

    [SkippableTheory, BothDatabases("contains", "ncontains", "startsWith", "nstartsWith", "endsWith", "nendsWith", "in", "nin", "and", "or")]
    public async Task Null_is_no_operand_of_most_operations(string database, string operation)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var answer = await app.ExecuteAsync($"{{ contacts(where: {{email: {{{operation}: null}}}}) {{ totalCount }} }}");

        Assert.Equal("HC0026", answer.ErrorCode());
        Assert.Equal("StringOperationFilterInput", answer.Text("errors.0.extensions.filterType"));
        Assert.Equal(
            $"The provided value for filter `{operation}` of type StringOperationFilterInput is invalid. Null values are not supported.",
            answer.Text("errors.0.message"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_that_cannot_be_stored_is_found_nowhere(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("a", c => c.LastName = "Ada"));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ("""lastName: {eq: "Ada\u0000"}""", ""),
            ("""lastName: {neq: "Ada\u0000"}""", "a"),
            ("""lastName: {contains: "\u0000"}""", ""),
            ("""lastName: {in: ["\u0000", "Ada"]}""", "a"),
            ("""lastName: {nstartsWith: "\u0000"}""", "a"));
    }
}
