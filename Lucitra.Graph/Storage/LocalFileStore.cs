using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;

namespace Lucitra.Graph.Storage;

/// <summary>
/// Keeps files in a folder. Links lead to this server and carry a signature by a key that lies beside the files, so that every
/// server on the folder takes them.
/// </summary>
internal sealed class LocalFileStore(string folder, IHttpContextAccessor requests) : IFileStore
{
    public const string Route = "/files";

    private const string KeyFile = ".link-key";
    private const int KeyBytes = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadKey(folder));

    public async Task WriteAsync(string name, string contentType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        var inside = Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // What a server left behind that was killed in the middle of this file.
        foreach (var left in inside.EnumerateFiles($"{Path.GetFileName(path)}.*.part"))
            left.Delete();
        var unfinished = $"{path}.{Guid.CreateVersion7():N}.part";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, FileOptions.Asynchronous))
            {
                await write(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task<Uri> LinkAsync(string name, string downloadName, DateTime until, CancellationToken cancellationToken)
    {
        var request = requests.HttpContext!.Request;
        var expires = new DateTimeOffset(until).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var query = new QueryBuilder { { "expires", expires }, { "download", downloadName }, { "signature", Sign(name, downloadName, expires) } };
        return Task.FromResult(new Uri(UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, $"{Route}/{name}", query.ToQueryString())));
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (File.Exists(PathOf(name)))
            File.Delete(PathOf(name));
        return Task.CompletedTask;
    }

    /// <summary>The file behind a link that was signed here; null when there is none.</summary>
    public FileStream? Open(string name) =>
        File.Exists(PathOf(name)) ? new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous) : null;

    /// <summary>Whether a link was signed here.</summary>
    public bool IsSigned(string name, string downloadName, string expires, string signature) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Sign(name, downloadName, expires)), Encoding.UTF8.GetBytes(signature));

    private string Sign(string name, string downloadName, string expires) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{name}\n{downloadName}\n{expires}")));

    private string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"'{name}' does not lie in the folder of files.", nameof(name));
    }

    // Servers that start together agree on the key of whoever was first.
    private static byte[] ReadKey(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, KeyFile);
        if (!File.Exists(path))
        {
            var own = $"{path}.{Guid.CreateVersion7():N}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(own, options))
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            try
            {
                File.Move(own, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(own);
            }
        }

        return File.ReadAllBytes(path);
    }
}
