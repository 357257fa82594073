using Lucitra.Graph.Auth.Keys;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Auth.Users;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Http.Sockets;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Documents;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Who may call.</summary>
internal static class AuthModule
{
    public static IServiceCollection AddAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection(AuthOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidation>();
        return services.AddCallers().AddSignIn().AddApiKeys();
    }

    public static void MapAuth(this RestEndpoints rest)
    {
        rest.Post("/auth/login", "Login").AllowAnonymous();
        rest.Post("/auth/refresh", "RefreshToken").AllowAnonymous();
        rest.Post("/auth/logout", "Logout").AllowAnonymous();
        rest.Get("/api-keys", "ListApiKeys");
        rest.Post("/api-keys", "CreateApiKey");
        rest.Post("/api-keys/{id}/rotate", "RotateApiKey");
        rest.Delete("/api-keys/{id}", "RevokeApiKey");
    }

    private static IServiceCollection AddCallers(this IServiceCollection services) => services
        .AddSingleton<CallerStates>()
        .AddSingleton<RevocationSignal>()
        .AddSingleton<CallerAuthentication>()
        .AddSingleton<CallerGate>()
        .AddSingleton<OpenOperations>()
        .AddSingleton<OperationGate>(provider => provider.GetRequiredService<OpenOperations>().Refuse)
        .AddSingleton<SocketAuthentication>()
        .AddSingleton<ConnectionAuthenticator>(provider => provider.GetRequiredService<SocketAuthentication>().AuthenticateAsync)
        .AddSingleton<LiveCallers>()
        .AddHostedService(provider => provider.GetRequiredService<LiveCallers>())
        .AddSingleton<CallerWatch>(provider => provider.GetRequiredService<LiveCallers>().Watch)
        .AddSingleton<IConfigureOptions<ExplorerOptions>, ExplorerKey>();

    private static IServiceCollection AddSignIn(this IServiceCollection services) => services
        .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
        .AddSingleton<Passwords>()
        .AddSingleton<SignInThrottle>()
        .AddSingleton<SigningKeys>()
        .AddSingleton<AccessTokens>()
        .AddSingleton<ExternalTokens>()
        .AddSingleton<Sessions>()
        .AddSingleton<SignIns>()
        .AddSingleton<SignOuts>()
        .AddSingleton<OwnAccount>()
        .AddSingleton<UserAdministration>()
        .AddSingleton<FirstAdministrator>()
        .AddSingleton<IEntityDefinition<User>, UserType>()
        .AddSingleton<ISchemaModule, SignInFields>()
        .AddSingleton<ISchemaModule, UserFields>();

    private static IServiceCollection AddApiKeys(this IServiceCollection services) => services
        .AddSingleton<ApiKeys>()
        .AddSingleton<ApiKeyCheck>()
        .AddSingleton<ApiKeyUses>()
        .AddHostedService(provider => provider.GetRequiredService<ApiKeyUses>())
        .AddSingleton<IEntityDefinition<ApiKey>, ApiKeyType>()
        .AddSingleton<ISchemaModule, ApiKeyFields>();
}
