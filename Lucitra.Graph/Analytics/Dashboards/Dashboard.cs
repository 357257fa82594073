using Lucitra.Graph.Schema.Aggregates;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>The figures of a range of days, each beside the same figure of the range before. docs/analytics.md defines each of them.</summary>
/// <param name="At">The moment the figures are of.</param>
/// <param name="From">The first day of the range.</param>
/// <param name="To">The last day of the range.</param>
/// <param name="PreviousFrom">The first day of the range before, which has as many days.</param>
/// <param name="PreviousTo">The last day of the range before.</param>
/// <param name="TimeZone">The IANA name of the time zone whose days they are.</param>
/// <param name="Bucket">The spans of the calendar that charts are divided into.</param>
/// <param name="Contacts">The figures of contacts. Only the owner narrows them; the pipeline does not.</param>
/// <param name="Deals">The figures of deals.</param>
/// <param name="Webhooks">How HubSpot's webhooks fare. Neither owner nor pipeline narrow them.</param>
internal sealed record Dashboard(
    DateTime At,
    DateOnly From,
    DateOnly To,
    DateOnly PreviousFrom,
    DateOnly PreviousTo,
    string TimeZone,
    DateBucket Bucket,
    ContactFigures Contacts,
    DealFigures Deals,
    WebhookFigures Webhooks);

/// <summary>How HubSpot's webhooks fare. Figures of the range count what happened, also to events that are deleted since.</summary>
/// <param name="Received">Facts received in the range, each once however often it was delivered.</param>
/// <param name="Applied">Facts applied in the range.</param>
/// <param name="Superseded">Facts that came in after a newer one was applied.</param>
/// <param name="Ignored">Facts that this service has no use for.</param>
/// <param name="Dead">Facts that could not be applied.</param>
/// <param name="MedianLagSeconds">The median of the whole seconds from receiving to applying.</param>
/// <param name="P95LagSeconds">The whole seconds within which 95 of 100 facts were applied.</param>
/// <param name="Waiting">Facts that wait for their next attempt now.</param>
/// <param name="DeadNow">Facts that are dead now, to be replayed or discarded.</param>
internal sealed record WebhookFigures(
    CountFigure Received,
    CountFigure Applied,
    CountFigure Superseded,
    CountFigure Ignored,
    CountFigure Dead,
    MeasureFigure MedianLagSeconds,
    MeasureFigure P95LagSeconds,
    int Waiting,
    int DeadNow);
