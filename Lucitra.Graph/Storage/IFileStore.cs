namespace Lucitra.Graph.Storage;

/// <summary>Where files are kept: a folder, or a bucket of Cloud Storage.</summary>
internal interface IFileStore
{
    /// <summary>Keeps what is written into the stream under a name; nothing, when writing fails. A file of that name is replaced.</summary>
    Task WriteAsync(string name, string contentType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>An address at which anybody can read the file until a moment.</summary>
    /// <param name="name">The file.</param>
    /// <param name="downloadName">What browsers call it.</param>
    /// <param name="until">When the address ends.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<Uri> LinkAsync(string name, string downloadName, DateTime until, CancellationToken cancellationToken);

    /// <summary>Deletes the file; does nothing when there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
