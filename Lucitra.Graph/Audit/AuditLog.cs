using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Audit;

/// <summary>Notes who did what, in the transaction that does it.</summary>
internal sealed class AuditLog(IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>Adds an entry, which is saved and committed with everything else in <paramref name="db"/>.</summary>
    /// <param name="db">The context of the action.</param>
    /// <param name="action">What is done, such as <c>webhooks.replay</c>.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="target">To what, in short; no secret and no text of a record.</param>
    /// <param name="count">To how many objects.</param>
    /// <param name="details">What else belongs to it.</param>
    /// <param name="address">Where it came from; left out: where the present request comes from.</param>
    public void Record(
        LucitraDbContext db, string action, string actor, string target, int? count = null, Dictionary<string, string>? details = null, string? address = null) =>
        db.AuditEntries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            At = clock.UtcNow(),
            Actor = actor,
            Action = action,
            Target = target,
            Count = count,
            RemoteAddress = address ?? (http.HttpContext is { } context ? CallerGate.AddressOf(context) : null),
            Details = details ?? [],
        });
}
