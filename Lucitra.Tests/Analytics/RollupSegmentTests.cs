using FsCheck;
using FsCheck.Fluent;
using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Tests.Analytics;

public sealed class RollupSegmentTests
{
    [Fact]
    public void A_cover_is_the_time_it_covers_without_gap_or_overlap_in_whole_spans()
    {
        var day = Quarter.Of(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var times = from start in Gen.Choose(day - 40_000, day + 40_000) from length in Gen.Choose(0, 40_000) select (start, end: start + length);

        Prop.ForAll(Arb.From(times), time =>
        {
            var at = time.start;
            foreach (var segment in RollupSegment.Cover(time.start, time.end))
            {
                Assert.Equal(at, segment.Start);
                Assert.Equal(segment.Start, Quarter.Floor(segment.Start, segment.Grain));
                Assert.Equal(segment.End, Quarter.Floor(segment.End, segment.Grain));
                Assert.True(segment.Start < segment.End);
                at = segment.End;
            }

            Assert.Equal(time.end, at);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_year_of_days_is_few_spans()
    {
        var start = Quarter.Of(new DateTime(2025, 3, 9, 22, 45, 0, DateTimeKind.Utc));

        var spans = RollupSegment.Cover(start, start + (365 * 96)).Select(segment => (segment.Grain, segment.End - segment.Start)).ToList();

        Assert.Equal(
            [(RollupGrain.Quarter, 5), (RollupGrain.Day, 22 * 96), (RollupGrain.Month, 334 * 96), (RollupGrain.Day, 8 * 96), (RollupGrain.Quarter, 91)], spans);
    }

    [Fact]
    public void All_time_is_one_run_of_months_and_has_what_is_undated()
    {
        var all = Assert.Single(RollupSegment.Cover(Quarter.None, Quarter.End));

        Assert.Equal(new RollupSegment(RollupGrain.Month, Quarter.None, Quarter.End), all);
        Assert.Equal(Quarter.First, Quarter.Floor(Quarter.First, RollupGrain.Month));
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(0.5, 2.5, 1, 2, 3, 4)]
    [InlineData(0.9, 3.7, 1, 2, 3, 4)]
    [InlineData(0.5, 2.0, 2, 2, 2, 9)]
    [InlineData(0.9, 7.0, 7)]
    public void A_percentile_lies_between_two_numbers_in_proportion(double part, double? expected, params int[] numbers)
    {
        var actual = Lucitra.Graph.Analytics.Percentile.Of(part, numbers.Select(number => (number, 1L)));

        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, precision: 9);
    }
}
