using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Lucitra.Tests.Support;

/// <summary>Runs the scripts of <c>Lucitra.Tests/Node</c>. Where Node or its packages are missing, the calling test is skipped.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _name;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task<string> _complaints;

    private NodeScript(Process process, string name)
    {
        (_process, _name, _complaints) = (process, name, process.StandardError.ReadToEndAsync());
        process.OutputDataReceived += (_, line) => _ = line.Data is { } text ? _lines.Writer.TryWrite(text) : _lines.Writer.TryComplete();
        process.BeginOutputReadLine();
    }

    /// <summary>The reason to skip with, or null where scripts can run.</summary>
    public static string? MissingReason { get; } =
        Tool.Find("node") is null ? "Missing tool: node is not on the PATH."
        : !Directory.Exists(SourceTree.Path("Lucitra.Tests", "Node", "node_modules")) ? "Missing tool: npm ci was not run in Lucitra.Tests/Node."
        : null;

    /// <summary>Runs a script to its end and returns the JSON document it prints.</summary>
    public static async Task<JsonElement> RunAsync(string name, params IEnumerable<string> arguments)
    {
        await using var script = Start(name, arguments);
        script._process.StandardInput.Close();
        using var limit = new CancellationTokenSource(_patience);
        try
        {
            var output = await script._lines.Reader.ReadAllAsync(limit.Token).ToListAsync(limit.Token);
            await script._process.WaitForExitAsync(limit.Token);
            return script._process.ExitCode == 0 ? JsonElement.Parse(string.Concat(output)) : throw await script.FailureAsync("failed");
        }
        catch (OperationCanceledException)
        {
            throw await script.FailureAsync($"did not end within {_patience}");
        }
    }

    /// <summary>Starts a script that is driven line by line.</summary>
    public static NodeScript Start(string name, params IEnumerable<string> arguments)
    {
        Skip.If(MissingReason is not null, MissingReason);
        var start = new ProcessStartInfo("node", [name, .. arguments])
        {
            WorkingDirectory = SourceTree.Path("Lucitra.Tests", "Node"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NodeScript(Process.Start(start)!, name);
    }

    /// <summary>Writes one JSON line to the script.</summary>
    public async Task SendAsync(object command)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command, JsonSerializerOptions.Web));
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads the next JSON line of the script, waiting at most <paramref name="timeout"/> (else a minute).</summary>
    public async Task<JsonElement> ReceiveAsync(TimeSpan? timeout = null)
    {
        using var limit = new CancellationTokenSource(timeout ?? _patience);
        try
        {
            return JsonElement.Parse(await _lines.Reader.ReadAsync(limit.Token));
        }
        catch (ChannelClosedException)
        {
            throw await FailureAsync("ended");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_name} said nothing within {timeout ?? _patience}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private async Task<InvalidOperationException> FailureAsync(string what)
    {
        await KillAsync();
        return new InvalidOperationException($"{_name} {what}:\n{await _complaints}");
    }

    private async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }
}
