using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>Says whether and when a record is sent again.</summary>
internal sealed partial class OutboxSchedule(IOptions<SyncOptions> sync, TimeProvider clock, ILogger<OutboxSchedule> logger)
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _maxRetryDelay = TimeSpan.FromMinutes(5);

    /// <summary>Longer than a worker tries: a row in hand that long was left by one that was killed.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(40);

    /// <summary>Gives a row into a worker's hand; it is due again should that not come back.</summary>
    public void Take(HubSpotSync row)
    {
        row.LeasedUntil = row.DueAt = UtcTime.Truncate(clock.UtcNow() + Lease);
        row.Version++;
    }

    /// <summary>Takes a row back with what came of it.</summary>
    public void Close(HubSpotSync row, CrmRecord record, SentRecord sent)
    {
        // Who writes makes the row due, also while a worker has it in hand.
        var isAskedAgain = row.DueAt != row.LeasedUntil;
        var now = clock.UtcNow();
        (row.LeasedUntil, row.Version) = (null, row.Version + 1);
        var mayBeCreated = record.HubSpotId is null && sent.Outgoing.Step switch
        {
            OutgoingStep.Create => sent.Delay is { MayBeDone: true },
            OutgoingStep.FindCreated => !sent.IsNotCreated,
            _ => false,
        };

        // A look-up that fails must not move the time from which on is looked.
        row.CreatingSince = !mayBeCreated ? null : sent.Outgoing.Step == OutgoingStep.Create ? now : row.CreatingSince;
        row.CreatedWith = mayBeCreated ? row.CreatedWith : new Dictionary<string, string>();
        if (record.ArchivedAt is null)
            row.OvertakenProperties = [.. row.OvertakenProperties.Union(row.WrittenProperties.Where(property => IsOvertaken(record, property)))];

        if (sent.Refusal is { } refusal && !isAskedAgain)
            Refuse(row, refusal, now);
        else if (sent.Delay is { } delay)
            Delay(row, delay, now);
        else if (isAskedAgain || sent.IsNotCreated || OutgoingRecord.HasWork(record) || (sent.Outgoing.IsCreation && record is Deal) || IsBack(record, sent.Outgoing))
            (row.DueAt, row.Attempts) = (now, 0);
        else
            End(row, now);
    }

    // What was left out since it was archived can be sent if it came back meanwhile, and is given up where it did not.
    private static bool IsBack(CrmRecord record, OutgoingRecord outgoing) => outgoing.LeavesLinksOut && record.ArchivedAt is null;

    private void Refuse(HubSpotSync row, SendRefusal refusal, DateTime now)
    {
        row.Enter(HubSpotSyncState.Refused, now);
        row.DueAt = null;
        (row.ErrorCode, row.ErrorMessage, row.RefusedProperties, row.ConflictingHubSpotId) =
            (refusal.Code, refusal.Message, refusal.Properties, refusal.ConflictingId);
        Log.Refused(logger, row.ObjectType, row.RecordId, refusal.Code);
    }

    private void Delay(HubSpotSync row, SendDelay delay, DateTime now)
    {
        var wait = RetrySchedule.WaitAfter(++row.Attempts, _retryDelay, _maxRetryDelay, Random.Shared.NextDouble());
        wait = delay.RetryAfter > wait ? delay.RetryAfter.Value : wait;
        wait = row.CreatingSince is not null && sync.Value.SearchLag > wait ? sync.Value.SearchLag : wait;
        row.DueAt = UtcTime.Truncate(now + wait);
        (row.ErrorCode, row.ErrorMessage) = (delay.Code, delay.Code switch
        {
            HubSpotSyncErrorCode.Unauthorized => "HubSpot does not accept the credentials.",
            HubSpotSyncErrorCode.Unexpected => "HubSpot answered what nobody expects.",
            _ => "HubSpot cannot be reached, or is at its limits.",
        });
        Log.Delayed(logger, row.ObjectType, row.RecordId, delay.Code, wait);
    }

    private static void End(HubSpotSync row, DateTime now)
    {
        row.Enter(HubSpotSyncState.Synced, now);
        (row.DueAt, row.Attempts, row.WrittenProperties) = (null, 0, []);
        (row.ErrorCode, row.ErrorMessage, row.RefusedProperties, row.ConflictingHubSpotId) = (null, null, [], null);
    }

    private static bool IsOvertaken(CrmRecord record, string property) =>
        record.Stamps.GetValueOrDefault(property) is { } stamp && (stamp.Source != Stamp.ApiSource || stamp.At == DateTime.UnixEpoch);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "HubSpot refused what was written to {ObjectType} {RecordId}: {Code}")]
        public static partial void Refused(ILogger logger, string objectType, Guid recordId, HubSpotSyncErrorCode code);

        [LoggerMessage(2, LogLevel.Information, "Could not send {ObjectType} {RecordId} to HubSpot ({Code}); trying again in {Wait}")]
        public static partial void Delayed(ILogger logger, string objectType, Guid recordId, HubSpotSyncErrorCode code, TimeSpan wait);
    }
}
