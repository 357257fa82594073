using System.Globalization;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Startup;

/// <summary>Where the server listens, where its files are, and what Development fills in.</summary>
internal static class ServerDefaults
{
    private const int DefaultPort = 8080;

    public static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,

        // Started from elsewhere, the program still finds its appsettings.json.
        ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
    });

    public static LucitraRoles UseLucitraDefaults(this WebApplicationBuilder builder)
    {
        var port = builder.Configuration["PORT"] is { Length: > 0 } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed is > 0 and < 65_536
                ? parsed
                : throw new InvalidSettingException($"PORT is '{text}'. Set it to a number from 1 to 65535.")
            : (int?)null;
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(port is null ? $"http://localhost:{DefaultPort}" : $"http://*:{port}");

        if (builder.Environment.IsDevelopment())
            DevelopmentCredentials.Configure(builder, new Uri($"http://localhost:{port ?? DefaultPort}"));

        builder.Services.AddOptions<LucitraOptions>().Bind(builder.Configuration.GetSection(LucitraOptions.Section)).ValidateOnStart();
        var options = builder.Configuration.GetSection(LucitraOptions.Section).Get<LucitraOptions>() ?? new LucitraOptions();
        return options.Parsed;
    }
}
