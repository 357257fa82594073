namespace Lucitra.Twin;

/// <summary>In which forms an app gets its events.</summary>
public enum WebhookForms
{
    /// <summary><c>contact.propertyChange</c>.</summary>
    Classic,

    /// <summary><c>object.propertyChange</c> with <c>objectTypeId</c>.</summary>
    Generic,

    /// <summary>Every fact twice, once in each form.</summary>
    Both,

    /// <summary>Each subscription has one of the three.</summary>
    Mixed,
}

/// <summary>What a twin is like from its start. What may change while it runs is in <see cref="TwinFaults"/>, its sender and its script.</summary>
public sealed record TwinOptions
{
    /// <summary>Decides everything that is left to chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The port of the CRM API; 0 takes a free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<long> PortalIds { get; init; } = [21_478_362];

    public long AppId { get; init; } = 4_411_907;

    /// <summary>The app's secret: signs webhooks and refreshes tokens.</summary>
    public string ClientSecret { get; init; } = "9f1c7a52-0b6e-4d0e-8c11-2f8f2b7d6a90";

    /// <summary>Where webhooks are posted to. Null: they wait until the sender is given one.</summary>
    public Uri? Target { get; init; }

    /// <summary>The URL that is signed, if a proxy makes it another than the target. Null: the target.</summary>
    public Uri? SignedUrl { get; init; }

    public WebhookForms Forms { get; init; } = WebhookForms.Classic;

    /// <summary>Contacts and deals in each portal before the app is installed: no webhook tells of them.</summary>
    public int ContactsAtStart { get; init; }

    public int DealsAtStart { get; init; }

    /// <summary>How far the twin's clock is ahead of this machine's; negative: behind. At most a minute either way.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Calls within ten seconds, per portal.</summary>
    public int CallsPerTenSeconds { get; init; } = 190;

    /// <summary>Calls within a day, per portal.</summary>
    public int CallsPerDay { get; init; } = 625_000;

    /// <summary>Searches within a second, per portal.</summary>
    public int SearchesPerSecond { get; init; } = 5;

    public SenderOptions Sender { get; init; } = new();

    public ScriptOptions Script { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>How webhooks travel. Chances are from 0 to 1.</summary>
public sealed record SenderOptions
{
    /// <summary>Events in one request at most.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Requests in flight for one portal at most.</summary>
    public int InFlight { get; init; } = 10;

    /// <summary>How long events gather before a batch that is not full leaves.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The retries of a day pass this many times faster.</summary>
    public double RetrySpeed { get; init; } = 1;

    /// <summary>The chance that an event is held back, so that later ones overtake it.</summary>
    public double Disorder { get; init; }

    /// <summary>The longest time that an event is held back.</summary>
    public TimeSpan HeldBack { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The chance that an event is sent once more though it was acknowledged.</summary>
    public double Repetition { get; init; }

    /// <summary>The chance that a batch takes along events of other portals.</summary>
    public double MixedPortals { get; init; }
}

/// <summary>What users do, and how often.</summary>
public sealed record ScriptOptions
{
    /// <summary>Actions in a second. Null: as fast as they go.</summary>
    public double? ActionsPerSecond { get; init; }

    /// <summary>Contacts of one import.</summary>
    public int ImportSize { get; init; } = 50;

    /// <summary>How often each kind of action is taken, relative to the others. A kind that is left out is never taken.</summary>
    public IReadOnlyDictionary<UserAction, int> Weights { get; init; } = DefaultWeights;

    public static IReadOnlyDictionary<UserAction, int> DefaultWeights { get; } = new Dictionary<UserAction, int>
    {
        [UserAction.CreateContact] = 14,
        [UserAction.CreateDeal] = 10,
        [UserAction.EditContact] = 24,
        [UserAction.EditDeal] = 14,
        [UserAction.EditTwiceAtOnce] = 3,
        [UserAction.MoveDeal] = 12,
        [UserAction.SwapEmails] = 2,
        [UserAction.Link] = 8,
        [UserAction.Unlink] = 3,
        [UserAction.MergeContacts] = 3,
        [UserAction.MergeDeals] = 1,
        [UserAction.Delete] = 3,
        [UserAction.Restore] = 2,
        [UserAction.PrivacyDelete] = 1,
        [UserAction.Import] = 1,
    };
}

/// <summary>What a user can do.</summary>
public enum UserAction
{
    CreateContact,
    CreateDeal,
    EditContact,
    EditDeal,
    EditTwiceAtOnce,
    MoveDeal,
    SwapEmails,
    Link,
    Unlink,
    MergeContacts,
    MergeDeals,
    Delete,
    Restore,
    PrivacyDelete,
    Import,
}
