using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.WriteBack;

public sealed class LostCreationTests
{
    private static readonly DateTime _now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(true, "Annual plan", "12", "default", "contractsent")]
    [InlineData(true, "Renamed", "12", "default", "contractsent")]
    [InlineData(true, "Annual plan", "12", "default", "closedwon")]
    [InlineData(false, "Another plan", "13", "default", "contractsent")]
    [InlineData(false, "Renamed", "12", "default", "closedwon")]
    public void A_record_is_nearly_it_with_all_values_but_one(bool expected, string name, string amount, string pipeline, string stage)
    {
        var lost = Lost(("dealname", "Annual plan"), ("amount", "12"), ("pipeline", "default"), ("dealstage", "contractsent"));

        Assert.Equal(expected, lost.IsNearly(Record(("dealname", name), ("amount", amount), ("pipeline", pipeline), ("dealstage", stage))));
    }

    [Theory]
    [InlineData(true, "Annual plan")]
    [InlineData(false, "Another plan")]
    public void Few_values_tell_only_when_all_are_the_same(bool expected, string name)
    {
        var lost = Lost(("dealname", "Annual plan"), ("pipeline", "default"), ("dealstage", "contractsent"));

        Assert.Equal(expected, lost.IsNearly(Record(("dealname", name), ("pipeline", "default"), ("dealstage", "contractsent"))));
    }

    [Fact]
    public void Of_records_with_its_name_it_is_the_one_with_most_of_its_values()
    {
        var lost = Lost(("email", "Ada@example.com"), ("firstname", "Ada"));
        var other = Record(("email", "ada@example.com"), ("firstname", "Augusta"));
        var same = Record(("email", "ada@example.com"), ("firstname", "Ada"));

        Assert.Same(same, lost.Named([Record(("email", "eve@example.com"), ("firstname", "Ada")), other, same]));
    }

    private static LostCreation Lost(params (string Name, string Value)[] with) => new(_now, with.ToDictionary(one => one.Name, one => one.Value));

    private static HubSpotObject Record(params (string Name, string Value)[] values) =>
        new("1", values.ToDictionary(one => one.Name, one => (string?)one.Value), _now, _now);
}
