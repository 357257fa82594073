using Lucitra.Graph.Http.Explorer;
using Lucitra.Graph.Http.Sockets;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Who may call.</summary>
internal static class AuthModule
{
    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.AdminPassword.Length is 0 or >= AuthOptions.MinPasswordLength,
                $"Auth:AdminPassword is shorter than {AuthOptions.MinPasswordLength} characters. Set Auth__AdminPassword to a longer one.")
            .ValidateOnStart();
        return services
            .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
            .AddSingleton<PasswordAttempts>()
            .AddSingleton<CallerAuthentication>()
            .AddSingleton<CallerGate>()
            .AddSingleton<SocketAuthentication>()
            .AddSingleton<ConnectionAuthenticator>(provider => provider.GetRequiredService<SocketAuthentication>().AuthenticateAsync)
            .AddSingleton<IConfigureOptions<ExplorerOptions>, ExplorerKey>()
            .AddSingleton<FirstAdministrator>();
    }
}
