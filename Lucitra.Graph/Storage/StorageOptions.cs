namespace Lucitra.Graph.Storage;

/// <summary>Where files are kept, such as exports.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>`Local` keeps files in a folder, `CloudStorage` in a bucket of Google Cloud Storage. Servers that share a database must share the files too.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Local;

    /// <summary>The folder of `Local`; empty for `files` in the data folder.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The bucket of `CloudStorage`. The service account needs `storage.objectUser` on it, and `iam.serviceAccountTokenCreator` on itself to sign links.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>The address of Cloud Storage's API, another one only for tests.</summary>
    public string ApiBaseUrl { get; set; } = "https://storage.googleapis.com";
}

/// <summary>Where files are kept.</summary>
internal enum StorageProvider
{
    /// <summary>In a folder.</summary>
    Local,

    /// <summary>In a bucket of Google Cloud Storage.</summary>
    CloudStorage,
}
