using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Lucitra.Tests.Support;

/// <summary>One PostgreSQL process with its data in a temporary folder.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>
    /// Makes the data folder the first time and watches over the server: a line on standard input is the signal to stop
    /// it with. The end of the input, which also comes when the test process is killed, stops it at once and deletes the
    /// folder. The signal is repeated because a server that is just starting ignores it.
    /// </summary>
    private const string Watch = """
        trap '' INT TERM HUP
        stop() { while kill -s "$1" $!; do sleep 0.1; done 2>/dev/null; wait $!; }
        folder=$1; programs=$2; shift 2
        exec > "$folder/log" 2>&1
        [ -d "$folder/data" ] ||
          "$programs/initdb" -D "$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync || exit
        "$programs/postgres" -D "$folder/data" "$@" &
        if read -r signal; then
          stop "$signal"
        else
          stop QUIT; rm -rf "$folder"
        fi
        """;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly PostgresBinaries _binaries;
    private readonly string _folder;
    private readonly bool _fsync;
    private Process? _watch;

    private PostgresServer(PostgresBinaries binaries, string folder, bool fsync)
    {
        (_binaries, _folder, _fsync) = (binaries, folder, fsync);
        Administrator = new NpgsqlConnectionStringBuilder
        {
            Host = IPAddress.Loopback.ToString(),
            Port = FreePort(),
            Username = "postgres",
            Database = "postgres",
            Pooling = false,
            IncludeErrorDetail = true,
        };
    }

    public NpgsqlConnectionStringBuilder Administrator { get; }

    public static async Task<PostgresServer> CreateAsync(PostgresBinaries binaries, bool fsync)
    {
        var folder = Directory.CreateTempSubdirectory("lucitra-postgres-").FullName;
        if (binaries.User is { } user)
        {
            using var chown = Process.Start("chown", [user, folder]);
            await chown.WaitForExitAsync();
        }

        return new PostgresServer(binaries, folder, fsync);
    }

    public async Task StartAsync(bool asStandby = false)
    {
        if (asStandby)
            await File.WriteAllTextAsync(Path.Combine(_folder, "data", "standby.signal"), "");
        var durability = _fsync ? "on" : "off";
        _watch = Process.Start(_binaries.Command(
            "/bin/sh", "-c", Watch, "watch", _folder, _binaries.Folder, "-p", $"{Administrator.Port}",
            "-c", $"listen_addresses={Administrator.Host}", "-c", $"unix_socket_directories={_folder}",
            "-c", "max_connections=200", "-c", $"fsync={durability}", "-c", $"full_page_writes={durability}"))!;
        AppDomain.CurrentDomain.ProcessExit += EndWatch;

        var start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (_watch.HasExited || Stopwatch.GetElapsedTime(start) > _patience)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{await File.ReadAllTextAsync(Path.Combine(_folder, "log"))}");

            await Task.Delay(50);
        }
    }

    public async Task StopAsync(bool crash)
    {
        if (_watch is not { } watch)
            return;

        await watch.StandardInput.WriteLineAsync(crash ? "QUIT" : "INT");
        await EndAsync(watch);
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is { } watch)
        {
            watch.StandardInput.Close();
            await EndAsync(watch);
        }

        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private void EndWatch(object? sender, EventArgs args) => _watch?.StandardInput.Close();

    private async Task EndAsync(Process watch)
    {
        await watch.WaitForExitAsync();
        AppDomain.CurrentDomain.ProcessExit -= EndWatch;
        watch.Dispose();
        _watch = null;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(Administrator.ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
