using System.Diagnostics;

namespace Lucitra.Tests.Support;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < _patience, $"Waited {_patience} for a condition that did not come true.");
            await Task.Delay(25);
        }
    }
}
