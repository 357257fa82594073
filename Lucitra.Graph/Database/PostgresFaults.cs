using System.Net.Sockets;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>What exceptions say about PostgreSQL.</summary>
internal static class PostgresFaults
{
    public static DatabaseFault Of(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => DatabaseFault.Conflict,
        DbUpdateException { InnerException: { } inner } => Of(inner),
        // Npgsql's execution strategy wraps what may pass by itself, a deadlock among it.
        InvalidOperationException { InnerException: (DbUpdateException or NpgsqlException) and { } inner } => Of(inner),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } =>
            DatabaseFault.Conflict,
        PostgresException { SqlState: var state } when IsOutage(state) => DatabaseFault.Unavailable,
        PostgresException => DatabaseFault.None,
        NpgsqlException or SocketException or TimeoutException => DatabaseFault.Unavailable,
        _ => DatabaseFault.None,
    };

    /// <summary>Classes 08 (connection), 53 (out of resources), 57P (shutdown), 58 (system error); and a server that a failover made read-only.</summary>
    private static bool IsOutage(string state) =>
        state == PostgresErrorCodes.ReadOnlySqlTransaction || state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal);
}
