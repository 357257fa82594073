using Microsoft.AspNetCore.Identity;

namespace Lucitra.Graph.Auth;

/// <summary>Who may call.</summary>
internal static class AuthModule
{
    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
            .AddSingleton<PasswordAttempts>()
            .AddSingleton<CallerAuthentication>()
            .AddSingleton<CallerGate>()
            .AddSingleton<FirstAdministrator>();
    }
}
