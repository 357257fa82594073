using System.Globalization;
using GraphQL.Transport;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Lucitra.Tests.Schema.Documents;

/// <summary>
/// Documents of up to 10 KB that are as expensive as they can be. Prints the CPU time of each, from parsing to the
/// answer, as a multiple of an ordinary document of 7 KB (as long as MaxAliases lets one be); none should exceed 50.
/// </summary>
public sealed class HostileDocumentTests(ITestOutputHelper output)
{
    private const int Bytes = 10_000;
    private const int Runs = 20;

    private static readonly Dictionary<string, string> _documents = new()
    {
        ["ordinary"] = Fill("{ ", number => $"a{number}: contacts(first: 1) {{ nodes {{ id email firstName lastName phone company jobTitle lifecycleStage deals(first: 1) {{ nodes {{ name amount currency }} }} }} }} ", "}", 45),
        ["one field 999 times"] = Fill("{ contacts { nodes { ", _ => "id ", "} } }", 997),
        ["one field 100 times"] = Fill("{ contacts { nodes { ", _ => "id ", "} } }", 100),
        ["one object 100 times"] = Fill("{ ", _ => "contacts { nodes { id email phone } } ", "}", 100),
        ["fields repeated by fragments"] = Fill("{ contacts { nodes { " + Text(90, number => $"...F{number} ") + "} } } ", number => $"fragment F{number} on Contact {{ id email phone company }} ", "", 90),
        ["22 fragments that double"] = Fill("{ ...F0 } ", number => $"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }} ", "fragment F22 on Query { __typename }", 22),
        ["list of literals"] = Fill("{ nodes(ids: [", _ => "\"a\",", "]) { id } }"),
        ["list of wrong literals"] = Fill("{ nodes(ids: [", _ => "{},", "]) { id } }"),
        ["list in a filter"] = Fill("{ contacts(where: { email: { in: [", _ => "\"a\",", "] } }) { nodes { id } } }"),
        ["filter of alternatives"] = Fill("{ contacts(where: { or: [", _ => "{email:{eq:\"a\"}},", "] }) { nodes { id } } }"),
        ["nested filter"] = "{ contacts(where: " + Text(40, _ => "{and:[") + "{}" + Text(40, _ => "]}") + ") { nodes { id } } }",
        ["100 directives"] = Fill("{ __typename ", _ => "@skip(if: false) ", "}", 100),
        ["unknown fields"] = Fill("{ ", number => $"unknown{number} ", "}", 990),
        ["unknown arguments"] = Fill("{ contacts(", number => $"unknown{number}: 1 ", ") { nodes { id } } }"),
        ["one argument again and again"] = Fill("{ contacts(", _ => "first: 1 ", ") { nodes { id } } }"),
        ["one input field again and again"] = Fill("{ contacts(where: {", _ => "id:{} ", "}) { nodes { id } } }"),
        ["unused variables"] = Fill("query(", number => $"$a{number}:Int ", ") { __typename }"),
        ["used variables"] = Fill("query(" + Text(600, number => $"$a{number}:ID! ") + ") { nodes(ids: [", number => $"$a{number} ", "]) { id } }", 600),
        ["one variable again and again"] = Fill("query(", _ => "$a:Int ", ") { __typename }"),
        ["undefined variables"] = Fill("{ nodes(ids: [", number => $"$a{number} ", "]) { id } }"),
        ["unused fragments"] = Fill("{ __typename } ", number => $"fragment F{number} on Query {{ __typename }} ", "", 99),
        ["operations"] = Fill("", number => $"query Q{number} {{ __typename }} ", ""),
        ["operations of one name"] = Fill("", _ => "query Q { __typename } ", ""),
        ["operations that share 90 fragments"] = Fill(Text(90, number => $"fragment F{number} on Query {{ __typename }} "), number => $"query Q{number}($a:Int) {{ ...F{number % 90} }} ", ""),
        ["inline fragments through fragments"] = "{ ...F0 } " + Text(20, number =>
            $"fragment F{number} on Query {{ {Text(90, _ => "...{")} ...F{number + 1} {new string('}', 91)} ") + "fragment F20 on Query { __typename }",
        ["fragments in a circle"] = Fill("{ ...A ", number => $"f{number} ", "} fragment A on Query { a { ...A } }", 990),
        ["brackets"] = "{ nodes(ids: " + new string('[', 120) + new string(']', 120) + ") { id } }",
        ["long text"] = "{ nodes(ids: \"" + new string('x', Bytes - 40) + "\") { id } }",
        ["block text"] = "{ nodes(ids: \"\"\"" + Text(3000, _ => " \n ") + "\"\"\") { id } }",
        ["introspection"] = "{ __schema { types { name fields { name args { name type { name ofType { name } } } type { name ofType { name ofType { name } } } } } } }",
        ["names of types 45 times"] = Fill("{ ", number => $"a{number}: __schema {{ types {{ name fields {{ name args {{ name type {{ name }} }} type {{ name }} }} }} }} ", "}", 45),
    };

    [Fact]
    public async Task Hostile_documents_cost_a_bounded_multiple_of_an_ordinary_one()
    {
        await using var app = await LucitraApp.StartAsync("Sqlite");
        var ordinary = await MeasureAsync(app, _documents["ordinary"]);
        foreach (var (name, document) in _documents)
        {
            Assert.True(document.Length <= Bytes + 100, $"{name} has {document.Length} characters.");
            var (milliseconds, answer) = await MeasureAsync(app, document);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-36} {document.Length,6} B {milliseconds,8:0.00} ms {milliseconds / ordinary.Milliseconds,7:0.0} x  {answer}"));
        }

        Assert.Equal("runs", ordinary.Answer);
    }

    // Introspection runs, what goes to the database does not: that is what cost limits.
    private static async Task<(double Milliseconds, string Answer)> MeasureAsync(LucitraApp app, string document)
    {
        var executor = app.Services.GetRequiredService<GraphQLExecutor>();
        var reporting = document.Contains("__schema", StringComparison.Ordinal) ? CostReporting.None : CostReporting.Validate;
        var caller = new OperationCaller(app.Services, Callers.With(Scopes.All), reporting);
        var answer = "runs";
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            // A text of its own each time, so that nothing is found in the cache.
            var request = new GraphQLRequest { Query = $"{document} #{run}", OperationName = document.StartsWith("query Q0", StringComparison.Ordinal) ? "Q0" : null };
            var before = Environment.CpuUsage.TotalTime;
            var result = await executor.ExecuteAsync(request, caller, OperationKinds.Any, CancellationToken.None);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            if (result.Errors is [var error, ..])
                answer = error.Message.Length > 60 ? error.Message[..60] : error.Message;
        }

        return (best, answer);
    }

    private static string Fill(string start, Func<int, string> part, string end, int most = int.MaxValue)
    {
        var text = new System.Text.StringBuilder(start);
        for (var number = 0; number < most && text.Length + part(number).Length + end.Length <= Bytes; number++)
            text.Append(part(number));
        return text.Append(end).ToString();
    }

    private static string Text(int count, Func<int, string> part) => string.Concat(Enumerable.Range(0, count).Select(part));
}
