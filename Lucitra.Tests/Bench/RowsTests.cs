using System.Text;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Tests.Bench;

/// <summary>What the benchmarks' comparison takes for the same rows.</summary>
public sealed class RowsTests
{
    private const string Here = """
        {"data":{"contacts":{"nodes":[
          {"id":"Q29udGFjdDqGFqIBrKj0eq1nfhte9p_r","createdAt":"2026-11-26T06:24:13.484321Z","deals":{"nodes":[{"amount":7835.50}]}},
          {"id":"Q29udGFjdDqGFqIBeHVtfriiwPn8WdF8","createdAt":"2026-11-26T06:24:00Z","deals":{"nodes":[]}}],
          "pageInfo":{"endCursor":"one"}}}}
        """;

    private const string There = """
        {"data":{"contacts":{"nodes":[
          {"rowId":"01a21686-7578-7e6d-b8a2-c0f9fc59d17c","createdAt":"2026-11-26T06:24:00+00:00","dealContacts":{"nodes":[]}},
          {"rowId":"01a21686-a8ac-7af4-ad67-7e1b5ef69feb","createdAt":"2026-11-26T07:24:13.484321+01:00","dealContacts":{"nodes":[{"deal":{"amount":"7835.5"}}]}}],
          "pageInfo":{"endCursor":"another"}}}}
        """;

    [Fact]
    public void Rows_are_the_same_whatever_names_and_notations_servers_use() => Assert.Equal(Of(Here), Of(There));

    [Theory]
    [InlineData("7835.5", "7835.51")]
    [InlineData("06:24:00+00:00", "06:24:00+01:00")]
    [InlineData("01a21686-7578", "01a21686-7579")]
    [InlineData("\"dealContacts\":{\"nodes\":[]}", "\"dealContacts\":{\"nodes\":[{\"deal\":{\"amount\":\"1\"}}]}")]
    public void A_value_that_differs_makes_rows_differ(string value, string other) =>
        Assert.NotEqual(Of(Here), Of(There.Replace(value, other, StringComparison.Ordinal)));

    [Fact]
    public void A_row_that_is_missing_makes_rows_differ() =>
        Assert.NotEqual(Of("""{"items":[{"id":1},{"id":2}]}"""), Of("""{"items":[{"id":1}]}"""));

    private static IReadOnlyList<string> Of(string answer) => Rows.Of(Encoding.UTF8.GetBytes(answer));
}
