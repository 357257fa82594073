namespace Lucitra.Webhooks;

/// <summary>What the outline of a body says about it.</summary>
internal enum WebhookBodyVerdict
{
    Readable,
    Empty,
    NotJson,
    NotAnArray,
    TooDeep,
    TooManyEvents,
}
