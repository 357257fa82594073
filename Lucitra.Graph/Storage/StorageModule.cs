using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Graph.Telemetry;

namespace Lucitra.Graph.Storage;

internal static class StorageModule
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        switch (options.Provider)
        {
            case StorageProvider.CloudStorage when options.Bucket.Length == 0:
                throw new InvalidSettingException("Storage:Bucket is empty. Set Storage__Bucket to the bucket of Cloud Storage that keeps the files.");
            case StorageProvider.CloudStorage when !Uri.IsWellFormedUriString(options.ApiBaseUrl, UriKind.Absolute):
                throw new InvalidSettingException($"Storage:ApiBaseUrl is '{options.ApiBaseUrl}'. Set it to an absolute address.");
            case StorageProvider.CloudStorage:
                services.AddSingleton<GoogleSigner>();
                services.AddSingleton<IFileStore>(provider => new CloudFileStore(
                    new HttpClient(new GoogleToken()) { BaseAddress = new Uri(options.ApiBaseUrl) },
                    options.Bucket,
                    provider.GetRequiredService<GoogleSigner>(),
                    provider.GetRequiredService<TimeProvider>()));
                break;
            case StorageProvider.Local:
                var folder = Path.Combine(environment.ContentRootPath, options.Folder.Length > 0 ? options.Folder : Path.Combine(DataFolder.Of(environment), "files"));
                services.AddSingleton(provider => new LocalFileStore(folder, provider.GetRequiredService<IHttpContextAccessor>()));
                services.AddSingleton<IFileStore>(provider => provider.GetRequiredService<LocalFileStore>());
                break;
        }

        return services;
    }

    /// <summary>Serves the files of a local folder to whoever has a link; Cloud Storage serves its own.</summary>
    public static void MapFiles(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<LocalFileStore>() is { } store)
            routes.MapGet(LocalFileStore.Route + "/{**name}", (HttpContext context, string name, TimeProvider clock) => LocalFiles.ServeAsync(context, store, name, clock));
    }
}
