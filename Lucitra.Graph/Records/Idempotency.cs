using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphQL;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>
/// Remembers the first answer of a mutation in the transaction of its write, so that a repetition gives it again and
/// changes nothing, whatever happened to the first answer on its way.
/// </summary>
internal sealed class Idempotency(IHttpContextAccessor http, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 255;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(24);

    /// <summary>What identifies this mutation; null when its caller does not ask for it.</summary>
    public IdempotencyKey? KeyOf(IResolveFieldContext context, MutationInput input)
    {
        var given = input.ClientMutationId ?? (string?)http.HttpContext?.Request.Headers[Header];
        if (string.IsNullOrEmpty(given))
            return null;
        if (given.Length > MaxLength)
            throw new CodedError(ErrorCodes.InvalidRequest, $"An idempotency key has at most {MaxLength} characters; this one has {given.Length}.");

        // One header serves every mutation of a request, which its place in the answer tells apart.
        var place = input.ClientMutationId is null ? $"{string.Join('.', context.ResponsePath)}[{input.Place}]" : "";
        return new IdempotencyKey
        {
            Key = Hash($"{Caller.SubjectOf(context.User)}\n{context.FieldDefinition.Name}\n{place}\n{given}"),
            InputHash = Hash(JsonSerializer.Serialize(input, input.GetType())),
            ExpiresAt = clock.UtcNow() + _kept,
        };
    }

    /// <summary>The first answer, if there was one.</summary>
    public async Task<Outcome<T>?> RecallAsync<T>(LucitraDbContext db, IdempotencyKey key, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        await db.LockAsync($"idempotency:{key.Key}", cancellationToken);
        if (await db.IdempotencyKeys.AsNoTracking().FirstOrDefaultAsync(stored => stored.Key == key.Key, cancellationToken) is not { } first)
            return null;
        if (first.ExpiresAt <= clock.UtcNow())
        {
            await db.IdempotencyKeys.Where(stored => stored.Key == key.Key).ExecuteDeleteAsync(cancellationToken);
            return null;
        }

        if (first.InputHash != key.InputHash)
            return new IdempotencyKeyReusedError();
        return first.RecordId is { } id
            ? await db.Set<T>().AsNoTracking().FirstAsync(record => record.Id == id, cancellationToken)
            : new Outcome<T>(null, ErrorsOf(first.Errors!));
    }

    public static void Remember<T>(LucitraDbContext db, IdempotencyKey key, Outcome<T> outcome)
        where T : CrmRecord
    {
        key.RecordId = outcome.Value?.Id;
        key.Errors = outcome.Errors is { } errors
            ? JsonSerializer.Serialize(errors.Select(error => new StoredError(error.GetType().Name, JsonSerializer.SerializeToElement(error, error.GetType()))))
            : null;
        db.IdempotencyKeys.Add(key);
    }

    private static List<UserError> ErrorsOf(string json) =>
        JsonSerializer.Deserialize<List<StoredError>>(json)!.ConvertAll(stored => (UserError)stored.Value.Deserialize(
            typeof(UserError).Assembly.GetTypes().Single(type => type.Name == stored.Type && type.IsSubclassOf(typeof(UserError))))!);

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record StoredError(string Type, JsonElement Value);
}
