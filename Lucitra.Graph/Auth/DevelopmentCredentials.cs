using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Lucitra.Graph.Database;

namespace Lucitra.Graph.Auth;

/// <summary>
/// The secrets of a development server: made at its first start and kept in <c>lucitra-data/development.json</c>, readable
/// by its owner only, where the program's commands find them. They fill in settings that are empty, and exist in
/// Development only.
/// </summary>
/// <param name="HubSpotClientSecret">Signs and checks webhooks.</param>
/// <param name="ApiKey">Opens /graphql and /api/v1.</param>
internal sealed record DevelopmentCredentials(string HubSpotClientSecret, string ApiKey)
{
    public static void Configure(WebApplicationBuilder builder, Uri publicBaseUrl)
    {
        var credentials = new Lazy<DevelopmentCredentials>(() => LoadOrMake(FileOf(builder.Environment)));
        Fill("HubSpot:ClientSecret", () => credentials.Value.HubSpotClientSecret);
        Fill("HubSpot:PublicBaseUrl", () => publicBaseUrl.GetLeftPart(UriPartial.Authority));
        Fill("Auth:ApiKey", () => credentials.Value.ApiKey);

        void Fill(string key, Func<string> value)
        {
            if (string.IsNullOrEmpty(builder.Configuration[key]))
                builder.Configuration[key] = value();
        }
    }

    private static string FileOf(IHostEnvironment environment) => Path.Combine(DataFolder.Of(environment), "development.json");

    private static DevelopmentCredentials LoadOrMake(string file)
    {
        if (File.Exists(file))
            return JsonSerializer.Deserialize<DevelopmentCredentials>(File.ReadAllText(file), JsonSerializerOptions.Web)!;

        var made = new DevelopmentCredentials(Random(), $"lucitra_dev_{Random()}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, made, JsonSerializerOptions.Web);
        return made;
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
