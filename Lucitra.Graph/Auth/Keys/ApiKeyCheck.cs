using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>Says whose an API key is.</summary>
internal sealed class ApiKeyCheck(CallerStates states, ApiKeyUses uses, TimeProvider clock)
{
    // As long as what the database says of a key is remembered.
    private readonly ConditionalWeakTable<ApiKey, CallerIdentity> _holders = [];

    /// <summary>The holder of a key; null when the key is not good.</summary>
    public async ValueTask<CallerIdentity?> CallerOfAsync(string text, string address, CancellationToken cancellationToken)
    {
        if (!ApiKeyText.TryParse(text, out var given))
            return null;
        if (await states.KeyAsync(given.Id, cancellationToken) is not { } key || !CryptographicOperations.FixedTimeEquals(given.Hash, key.Hash))
            return Refused(given.Id, "unknown", address);
        if (key.RevokedAt is not null)
            return Refused(key.Id, "revoked", address);
        if (!key.IsGoodAt(clock.UtcNow()))
            return Refused(key.Id, "expired", address);

        uses.Used(key.Id, address);
        return _holders.GetValue(key, HolderOf);
    }

    private static CallerIdentity HolderOf(ApiKey key) =>
        new(CallerKind.ApiKey, $"key:{key.Id}", key.Name, key.Scopes, new CallerCredential(CredentialKind.ApiKey, key.Id, key.ExpiresAt));

    private CallerIdentity? Refused(string id, string reason, string address)
    {
        uses.Refused(id, reason, address);
        return null;
    }
}
