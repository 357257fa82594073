using System.Security.Cryptography;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Lucitra.Graph.Auth.Tokens;

/// <summary>
/// The keys that sign access tokens, shared by all servers through the database. One signs for a time; before that is over the
/// next one is made and published, and the old one is published until the last token that it signed has ended.
/// </summary>
internal sealed partial class SigningKeys(
    IDbContextFactory<LucitraDbContext> contexts, IOptions<AuthOptions> options, TimeProvider clock, ILogger<SigningKeys> logger) : IDisposable
{
    /// <summary>How old what this process knows of the keys may get; a key is published for twice as long before it signs.</summary>
    private static readonly TimeSpan _freshFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _publishedBefore = 2 * _freshFor;
    private static readonly TimeSpan _betweenSearches = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private Loaded _loaded = new([], DateTime.MinValue);

    private TokenOptions Options => options.Value.Tokens;

    /// <summary>The key to sign with now.</summary>
    public async Task<ECDsaSecurityKey> SignerAsync(CancellationToken cancellationToken)
    {
        var keys = await CurrentAsync(_freshFor, cancellationToken);
        if (IsNextDue(keys, clock.UtcNow()))
            keys = await RotateAsync(cancellationToken);
        return SignerOf(keys, clock.UtcNow())?.Key ?? throw new InvalidOperationException("No key signs now, though one was just made.");
    }

    /// <summary>The key that signed a token; null when it is none of ours.</summary>
    public async Task<ECDsaSecurityKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var known = await CurrentAsync(_freshFor, cancellationToken);

        // Another server may just have made it; whoever sends made-up ids causes no more than one search in a while.
        var found = Find(known) ?? Find(await CurrentAsync(_betweenSearches, cancellationToken));
        return found?.Key;

        UsableKey? Find(List<UsableKey> keys) => keys.Find(key => key.Row.Id == id);
    }

    /// <summary>The public keys, for everybody who checks tokens.</summary>
    public async Task<IReadOnlyList<JsonWebKey>> PublishedAsync(CancellationToken cancellationToken) =>
        [.. (await CurrentAsync(_freshFor, cancellationToken)).Select(key => PublicOf(key.Row))];

    public void Dispose() => _loading.Dispose();

    private static bool IsNextDue(List<UsableKey> keys, DateTime now) => !keys.Exists(key => key.CanSign && key.Row.SignsUntil - _publishedBefore > now);

    private static UsableKey? SignerOf(List<UsableKey> keys, DateTime now) =>
        keys.Where(key => key.CanSign && key.Row.SignsFrom <= now).OrderByDescending(key => key.Row.SignsFrom).FirstOrDefault();

    private async Task<List<UsableKey>> CurrentAsync(TimeSpan freshFor, CancellationToken cancellationToken)
    {
        var loaded = _loaded;
        if (clock.UtcNow() - loaded.At < freshFor)
            return loaded.Keys;

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (clock.UtcNow() - _loaded.At >= freshFor)
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                await LoadAsync(db, cancellationToken);
            }

            return _loaded.Keys;
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task LoadAsync(LucitraDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var ended = now - Options.AccessLifetime - _publishedBefore;
        var rows = await db.SigningKeys.AsNoTracking().Where(key => key.SignsUntil > ended).ToListAsync(cancellationToken);
        _loaded = new(rows.ConvertAll(Usable), now);
    }

    /// <summary>Makes the next key, unless another server has, and forgets those whose tokens have all ended.</summary>
    private async Task<List<UsableKey>> RotateAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            await db.LockAsync("signing-keys", cancellationToken);
            await LoadAsync(db, cancellationToken);
            var now = clock.UtcNow();
            if (IsNextDue(_loaded.Keys, now))
            {
                var newest = _loaded.Keys.Where(key => key.CanSign).MaxBy(key => key.Row.SignsUntil);
                var ended = now - Options.AccessLifetime - _publishedBefore;
                await db.SigningKeys.Where(key => key.SignsUntil <= ended).ExecuteDeleteAsync(cancellationToken);

                // The very first signs at once: there is no other.
                var from = newest is null || newest.Row.SignsUntil <= now ? now : newest.Row.SignsUntil;
                db.SigningKeys.Add(New(now, from));
                await db.SaveChangesAsync(cancellationToken);
                await LoadAsync(db, cancellationToken);
            }

            await write.CommitAsync(cancellationToken);
            return _loaded.Keys;
        }
        finally
        {
            _loading.Release();
        }
    }

    private SigningKey New(DateTime now, DateTime signsFrom)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Base64UrlEncoder.Encode(new ECDsaSecurityKey(ecdsa).ComputeJwkThumbprint());
        var privateKey = ecdsa.ExportPkcs8PrivateKey();
        var secrets = Options.EncryptionSecrets();
        if (secrets.Length == 0)
            Log.NotEncrypted(logger);
        return new SigningKey
        {
            Id = id,
            PublicKey = ecdsa.ExportSubjectPublicKeyInfo(),
            PrivateKey = secrets.Length > 0 ? KeyCipher.Encrypt(privateKey, id, secrets[0]) : privateKey,
            IsEncrypted = secrets.Length > 0,
            CreatedAt = now,
            SignsFrom = signsFrom,
            SignsUntil = signsFrom + Options.KeyLifetime,
        };
    }

    private UsableKey Usable(SigningKey row)
    {
        var ecdsa = ECDsa.Create();
        var privateKey = row.IsEncrypted ? KeyCipher.Decrypt(row.PrivateKey, row.Id, Options.EncryptionSecrets()) : row.PrivateKey;
        if (privateKey is not null)
        {
            ecdsa.ImportPkcs8PrivateKey(privateKey, out _);
        }
        else
        {
            // It still checks the tokens that it signed under the secret of before.
            Log.NotDecrypted(logger, row.Id);
            ecdsa.ImportSubjectPublicKeyInfo(row.PublicKey, out _);
        }

        return new UsableKey(row, new ECDsaSecurityKey(ecdsa) { KeyId = row.Id }, CanSign: privateKey is not null);
    }

    private static JsonWebKey PublicOf(SigningKey row)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(row.PublicKey, out _);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey { Kty = "EC", Crv = "P-256", Use = "sig", Alg = SecurityAlgorithms.EcdsaSha256, Kid = row.Id, X = Base64UrlEncoder.Encode(point.X), Y = Base64UrlEncoder.Encode(point.Y) };
    }

    private sealed record UsableKey(SigningKey Row, ECDsaSecurityKey Key, bool CanSign);

    private sealed record Loaded(List<UsableKey> Keys, DateTime At);

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "A key that signs access tokens is stored unencrypted: set Auth:Tokens:EncryptionSecret, or whoever reads the database can make tokens")]
        public static partial void NotEncrypted(ILogger logger);

        [LoggerMessage(1, LogLevel.Warning, "Cannot decrypt the signing key {KeyId} with Auth:Tokens:EncryptionSecret; another key signs")]
        public static partial void NotDecrypted(ILogger logger, string keyId);
    }
}
