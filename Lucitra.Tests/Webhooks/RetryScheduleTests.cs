using Lucitra.Webhooks;

namespace Lucitra.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 1.0, 5)]
    [InlineData(2, 1.0, 10)]
    [InlineData(5, 1.0, 80)]
    [InlineData(5, 0.5, 40)]
    [InlineData(5, 0.0, 0)]
    [InlineData(8, 1.0, 600)]
    [InlineData(100, 1.0, 600)]
    [InlineData(5_000, 1.0, 600)]
    public void The_wait_doubles_up_to_its_bound(int failures, double jitter, int expectedSeconds)
    {
        var wait = RetrySchedule.WaitAfter(failures, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), jitter);

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), wait);
    }
}
