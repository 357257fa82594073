using System.Diagnostics;

namespace Lucitra.Tests.Support;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until nothing is left, however much that is at first: only what gets no less is at fault.</summary>
    public static async Task NothingIsLeftAsync(Func<Task<int>> count)
    {
        for (var left = await count(); left > 0;)
        {
            var before = left;
            await IsTrueAsync(async () => (left = await count()) < before);
        }
    }

    /// <summary>Waits until a condition holds; fails after a minute with what is still missing.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string>? missing = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < _patience, $"Waited {_patience} for a condition that did not come true. {missing?.Invoke()}");
            await Task.Delay(25);
        }
    }
}
