using Lucitra.Graph.Contacts;
using Lucitra.Graph.Sync;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.WriteBack;

public sealed class OutboxScheduleTests
{
    private static readonly SendDelay _unanswered = new(HubSpotSyncErrorCode.Unavailable, RetryAfter: null, MayBeDone: true);

    private readonly FakeTimeProvider _clock = new(HubSpotFact.Start);
    private readonly Contact _contact = Crm.Contact("ada@example.com");
    private readonly HubSpotSync _row = new() { ObjectType = "contact" };
    private readonly OutboxSchedule _schedule;

    public OutboxScheduleTests() =>
        _schedule = new(Options.Create(new SyncOptions()), _clock, NullLogger<OutboxSchedule>.Instance);

    [Fact]
    public void However_long_hubspot_cannot_be_asked_a_lost_creation_is_looked_for_from_its_call_on()
    {
        Close(OutgoingStep.Create, _unanswered);
        var called = _clock.GetUtcNow().UtcDateTime;
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            Close(OutgoingStep.FindCreated, _unanswered);
        }

        Assert.Equal(called, _row.CreatingSince);
    }

    [Fact]
    public void What_was_looked_for_and_not_found_is_created()
    {
        Close(OutgoingStep.Create, _unanswered);
        _schedule.Take(_row);
        _schedule.Close(_row, _contact, new SentRecord(Outgoing(OutgoingStep.FindCreated)) { IsNotCreated = true });

        Assert.Null(_row.CreatingSince);
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, _row.DueAt);
    }

    private void Close(OutgoingStep step, SendDelay delay)
    {
        _schedule.Take(_row);
        _schedule.Close(_row, _contact, new SentRecord(Outgoing(step)) { Delay = delay });
    }

    private OutgoingRecord Outgoing(OutgoingStep step) =>
        new(_contact.Id, HubSpotId: null, step, new Dictionary<string, string?>(), Crm.Start, Crm.Start);
}
