using System.Text.RegularExpressions;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Conventions;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Infrastructure;

/// <summary>Alerts and charts ask for metrics that exist, and whoever is woken finds what to do.</summary>
public sealed partial class AlertTests
{
    /// <summary>Metrics and attributes that .NET and Npgsql make.</summary>
    private static readonly string[] _ofLibraries = ["http.server.request.duration", "http.route", "db.client.operation.duration"];

    private static readonly string _code = string.Join('\n', SourceTree.CSharpFiles()
        .Where(path => path.StartsWith("Lucitra.Graph/", StringComparison.Ordinal) || path.StartsWith("Lucitra.Webhooks/", StringComparison.Ordinal))
        .Select(path => File.ReadAllText(SourceTree.Path(path))));

    [Fact]
    public void Queries_name_metrics_and_attributes_of_the_program()
    {
        var names = Queries().SelectMany(query => DottedName().Matches(query).Select(match => HistogramSuffix().Replace(match.Groups[1].Value, ""))).Distinct().ToList();

        Assert.True(names.Count > 10);
        Convention.Holds(names.Where(name => !_ofLibraries.Contains(name) && !_code.Contains($"\"{name}\"", StringComparison.Ordinal))
            .Select(name => $"infra/terraform asks for {name}, which the program does not make."));
    }

    [Fact]
    public void Queries_ask_for_outcomes_that_there_are()
    {
        Assert.Contains($"{ErrorCodes.Unexpected}|{ErrorCodes.Timeout}", TerraformFiles.Text, StringComparison.Ordinal);
        Assert.All(
            [("=", "unavailable"), ("=", "rejected"), ("!=", "Succeeded")],
            outcome =>
            {
                Assert.Contains(Queries(), query => query.Contains($"outcome\"{outcome.Item1}\"{outcome.Item2}\"", StringComparison.Ordinal));
                Assert.Contains($"\"{outcome.Item2}\"", _code, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void Queries_are_closed()
    {
        // Nothing here can run them; at least their brackets are pairs.
        Assert.All(Queries(), query => Assert.Equal(
            (query.Count(letter => letter == '('), query.Count(letter => letter == '{'), query.Count(letter => letter == '[')),
            (query.Count(letter => letter == ')'), query.Count(letter => letter == '}'), query.Count(letter => letter == ']'))));
    }

    [Fact]
    public void Every_alert_has_a_chapter_in_the_runbook_and_every_chapter_an_alert()
    {
        var alerts = AlertName().Matches(File.ReadAllText(SourceTree.Path("infra", "terraform", "monitoring.tf"))).Select(match => match.Groups[1].Value).Append("Not reachable").Order();
        var page = File.ReadAllText(SourceTree.Path("docs", "operations.md"));
        var alertsOfPage = page[page.IndexOf("\n## Alerts", StringComparison.Ordinal)..page.IndexOf("\n## Secrets", StringComparison.Ordinal)];
        var chapters = alertsOfPage.Split("\n### ")[1..];

        Assert.Equal(alerts, chapters.Select(chapter => chapter.Split('\n')[0]).Order());
        Assert.All(chapters, chapter => Assert.All(["**Means.**", "**Look.**", "**Do.**"], part => Assert.Contains(part, chapter, StringComparison.Ordinal)));
    }

    private static List<string> Queries() =>
        [.. Query().Matches(TerraformFiles.Text).Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal))];

    [GeneratedRegex(@"query\s+= ""((?:[^""\\]|\\.)*)""")]
    private static partial Regex Query();

    [GeneratedRegex(@"""([a-z]+(?:\.[a-z_]+)+)""")]
    private static partial Regex DottedName();

    [GeneratedRegex("_(bucket|count)$")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex("""^      name     = "(.*)"$""", RegexOptions.Multiline)]
    private static partial Regex AlertName();
}
