using Lucitra.Graph.RateLimits;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.RateLimits;

public sealed class TokenBucketsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_minutes_worth_may_come_at_once_and_comes_back_evenly()
    {
        var buckets = Buckets(quota: 60);
        for (var taken = 1; taken <= 60; taken++)
            Assert.Equal((true, 60 - taken), Read(buckets.Take("a", 1)));

        var refused = buckets.Take("a", 1);
        Assert.Equal((false, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)), (refused.Allowed, refused.Retry, refused.Full));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), buckets.Take("a", 1).Retry);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(buckets.Take("a", 1).Allowed);
        Assert.False(buckets.Take("a", 1).Allowed);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((true, 59), Read(buckets.Take("a", 1)));
    }

    [Fact]
    public void After_the_time_it_names_there_is_enough()
    {
        var buckets = Buckets(quota: 1000);
        Assert.True(buckets.Take("a", 900).Allowed);
        var refused = buckets.Take("a", 450);
        Assert.False(refused.Allowed);
        Assert.Equal(TimeSpan.FromSeconds(21), refused.Retry);
        _time.Advance(refused.Retry);
        Assert.True(buckets.Take("a", 450).Allowed);
    }

    [Fact]
    public void Each_key_has_its_own()
    {
        var buckets = Buckets(quota: 1);
        Assert.True(buckets.Take("a", 1).Allowed);
        Assert.False(buckets.Take("a", 1).Allowed);
        Assert.True(buckets.Take("b", 1).Allowed);
    }

    [Fact]
    public void What_costs_more_than_everything_takes_everything()
    {
        var buckets = Buckets(quota: 10);
        Assert.Equal((true, 0), Read(buckets.Take("a", 500)));
        Assert.False(buckets.Take("a", 500).Allowed);
    }

    [Fact]
    public void Looking_takes_nothing()
    {
        var buckets = Buckets(quota: 2);
        buckets.Take("a", 1);
        Assert.Equal((true, 1), Read(buckets.Look("a")));
        Assert.Equal((true, 1), Read(buckets.Look("a")));
    }

    [Fact]
    public void The_longest_unheard_of_key_is_forgotten()
    {
        var buckets = Buckets(quota: 1, maxTracked: 3);
        foreach (var key in new[] { "a", "b", "c", "a", "d" })
            buckets.Take(key, 1);

        Assert.Equal(3, buckets.Tracked);
        Assert.False(buckets.Take("a", 1).Allowed);
        Assert.True(buckets.Take("b", 1).Allowed);
        Assert.Equal(3, buckets.Tracked);
    }

    private static (bool Allowed, double Remaining) Read(RateState state) => (state.Allowed, state.Remaining);

    private TokenBuckets Buckets(int quota, int maxTracked = 100) => new(new("test", quota, "Test"), maxTracked, _time);
}
