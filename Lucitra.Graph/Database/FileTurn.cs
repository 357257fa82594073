namespace Lucitra.Graph.Database;

/// <summary>Something that one process of this machine does at a time: a locked file, which is free when its process ends, however that ends.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the turn; disposing of what it gives ends it. The file stays.</summary>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(_lookAgain, cancellationToken);
            }
        }
    }
}
