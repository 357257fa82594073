using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>
/// Slows down who guesses passwords. Every attempt counts before it is looked at, by the account that was named, whether it
/// exists or not, and by the address that it comes from, for all servers together. Too many in a row lock for a time that
/// doubles with each further one.
/// </summary>
internal sealed class SignInThrottle(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock)
{
    /// <summary>With this many failures in a row the account is locked.</summary>
    public const int MaxFailuresOfAccount = 5;

    /// <summary>With this many failures in a row the address is locked: behind one there may be many people.</summary>
    public const int MaxFailuresOfAddress = 20;

    private static readonly TimeSpan _firstLock = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestLock = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _forgottenAfter = TimeSpan.FromHours(1);

    /// <summary>Counts an attempt, unless none is looked at for a while.</summary>
    public async Task<SignInAttempt> TakeAsync(string email, string address, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var now = clock.UtcNow();
        var account = await OpenAsync(db, KeyOfAccount(email), now, cancellationToken);
        var source = await OpenAsync(db, KeyOfAddress(address), now, cancellationToken);
        var until = account.LockedUntil > source.LockedUntil || source.LockedUntil is null ? account.LockedUntil : source.LockedUntil;
        if (until > now)
            return new SignInAttempt(until - now, Locks: false);

        Count(account, MaxFailuresOfAccount, now);
        Count(source, MaxFailuresOfAddress, now);
        await db.SignInAttempts.Where(old => old.LastAt < now - _forgottenAfter && old.Key != account.Key && old.Key != source.Key).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new SignInAttempt(null, Locks: account.LockedUntil > now || source.LockedUntil > now);
    }

    /// <summary>Forgets the failures of an account whose password was right, and takes this attempt off its address.</summary>
    public static async Task SucceededAsync(LucitraDbContext db, string email, string address, CancellationToken cancellationToken)
    {
        var (account, source) = (KeyOfAccount(email), KeyOfAddress(address));
        await db.SignInAttempts.Where(attempts => attempts.Key == account).ExecuteDeleteAsync(cancellationToken);
        await db.SignInAttempts.Where(attempts => attempts.Key == source && attempts.Failures > 0)
            .ExecuteUpdateAsync(
                set => set.SetProperty(attempts => attempts.Failures, attempts => attempts.Failures - 1).SetProperty(attempts => attempts.LockedUntil, (DateTime?)null),
                cancellationToken);
    }

    private static async Task<SignInAttempts> OpenAsync(LucitraDbContext db, string key, DateTime now, CancellationToken cancellationToken)
    {
        // Always the account first, so that no two attempts wait for each other.
        await db.LockAsync($"sign-in:{key}", cancellationToken);
        if (await db.SignInAttempts.FirstOrDefaultAsync(attempts => attempts.Key == key, cancellationToken) is not { } found)
        {
            found = new SignInAttempts { Key = key, LastAt = now };
            db.Add(found);
        }

        if (found.LastAt < now - _forgottenAfter)
            (found.Failures, found.LockedUntil) = (0, null);
        return found;
    }

    private static void Count(SignInAttempts attempts, int most, DateTime now)
    {
        attempts.LastAt = now;
        if (++attempts.Failures < most)
            return;
        var doubled = _firstLock * Math.Pow(2, Math.Min(attempts.Failures - most, 10));
        attempts.LockedUntil = now + (doubled < _longestLock ? doubled : _longestLock);
    }

    private static string KeyOfAccount(string email) => Hash($"account:{email}");

    // Whoever has one address of IPv6 has all that begin with the same 64 bits.
    private static string KeyOfAddress(string address) => Hash(
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
            ? $"address:{Convert.ToHexString(ip.GetAddressBytes(), 0, 8)}"
            : $"address:{address}");

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What becomes of an attempt to sign in.</summary>
/// <param name="LockedFor">For how long none is looked at; null when this one is.</param>
/// <param name="Locks">Whether it locks the account or the address for a while, unless the password is right.</param>
internal readonly record struct SignInAttempt(TimeSpan? LockedFor, bool Locks);
