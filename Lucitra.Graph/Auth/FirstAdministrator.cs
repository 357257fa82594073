using System.Buffers.Text;
using System.Security.Cryptography;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Makes the first administrator of an empty database.</summary>
internal sealed partial class FirstAdministrator(
    IDbContextFactory<LucitraDbContext> contexts,
    IOptions<AuthOptions> options,
    IPasswordHasher<User> hasher,
    TimeProvider clock,
    IHostEnvironment environment,
    ILogger<FirstAdministrator> logger)
{
    private const string DevelopmentEmail = "admin@localhost";

    /// <summary>The administrator that was made, with the password when it was made up here; null when there already are users or none is asked for.</summary>
    public async Task<(string Email, string? Password)?> EnsureAsync(CancellationToken cancellationToken)
    {
        var (email, password) = (options.Value.AdminEmail, options.Value.AdminPassword);
        var madeUp = environment.IsDevelopment() && password.Length == 0 ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)) : null;
        if (environment.IsDevelopment() && email.Length == 0)
            email = DevelopmentEmail;
        if (email.Length == 0 || (madeUp ?? password).Length == 0)
        {
            await WarnOfNoWayInAsync(cancellationToken);
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync("first-administrator", cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
            return null;

        var user = new User
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Email = email.ToLowerInvariant(),
            PasswordHash = "",
            Role = UserRole.Admin,
            CreatedAt = clock.UtcNow(),
        };
        user.PasswordHash = hasher.HashPassword(user, madeUp ?? password);
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return (user.Email, madeUp);
    }

    private async Task WarnOfNoWayInAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (options.Value is { ApiKey: "", IsExternal: false } && !await db.Users.AnyAsync(cancellationToken) && !await db.ApiKeys.AnyAsync(cancellationToken))
            Log.NoWayIn(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There are no users and no API keys: nobody can call /graphql or /api/v1. Run create-user or create-api-key, or set Auth:Authority")]
        public static partial void NoWayIn(ILogger logger);
    }
}
