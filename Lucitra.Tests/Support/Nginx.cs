using System.Diagnostics;

namespace Lucitra.Tests.Support;

/// <summary>A throw-away nginx in front of one or more servers, that lives no longer than its test.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>The end of the standard input, which also comes when the test process is killed, ends it; each line makes it read its file again.</summary>
    private const string Watch = """
        exec >"$2/log" 2>&1
        "$1" -p "$2" -c nginx.conf & server=$!
        while read -r _; do kill -HUP $server; done
        kill -TERM $server; wait $server; rm -rf "$2"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lucitra-nginx-").FullName;
    private readonly int _port = LucitraServer.FreePort();
    private Process? _watch;

    /// <summary>The reason to skip with where there is none; otherwise null. build.sh knows it by its first two words.</summary>
    public static string? MissingReason { get; } = Program is null ? "Missing server: nginx is not installed." : null;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    private static string? Program => Tool.Find("nginx") ?? (File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : null);

    /// <summary>Starts it; skips the test where it is not installed.</summary>
    public static async Task<Nginx> StartAsync(IReadOnlyCollection<Uri> servers)
    {
        Skip.IfNot(MissingReason is null, MissingReason);
        var nginx = new Nginx();
        await nginx.WriteAsync(servers);
        nginx._watch = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Watch, "watch", Program!, nginx._folder]) { RedirectStandardInput = true })!;
        using var client = new HttpClient { BaseAddress = nginx.Address };
        await Eventually.IsTrueAsync(async () =>
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return nginx;
    }

    /// <summary>Sends new requests to these servers from now on; those under way stay where they are.</summary>
    public async Task SendToAsync(IReadOnlyCollection<Uri> servers)
    {
        await WriteAsync(servers);
        await _watch!.StandardInput.WriteLineAsync("again");
        await _watch.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _watch!.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
    }

    // A request that failed is not tried elsewhere: an error of a server shall be seen.
    private Task WriteAsync(IReadOnlyCollection<Uri> servers) => File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        worker_processes 1;
        pid nginx.pid;
        error_log log;
        events { worker_connections 512; }
        http {
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            client_max_body_size 32m;
            keepalive_timeout 0;
            map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
            upstream lucitra {
                {{string.Concat(servers.Select(server => $"server {server.Authority} max_fails=0; "))}}
                keepalive 16;
            }
            server {
                listen 127.0.0.1:{{_port}};
                location / {
                    proxy_pass http://lucitra;
                    proxy_http_version 1.1;
                    proxy_next_upstream off;
                    proxy_buffering off;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_read_timeout 300s;
                }
            }
        }
        """);
}
