namespace Lucitra.Twin.Webhooks;

/// <summary>Which messages tell of a fact.</summary>
internal sealed class Subscriptions(WebhookForms forms, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, long> _ids = [];

    public IEnumerable<Message> MessagesOf(TwinFact fact)
    {
        var wanted = forms == WebhookForms.Mixed ? MixedForm(fact) : forms;
        if (fact.Kind == FactKind.PrivacyDeletion)
            wanted = WebhookForms.Classic;
        // The classic form has no word for a label: a labelled link would look like the plain one.
        if (fact.Link is { UserDefined: true })
            wanted = wanted == WebhookForms.Both ? WebhookForms.Generic : wanted;
        if (wanted is WebhookForms.Classic or WebhookForms.Both && fact.Link is not { UserDefined: true })
            yield return MessageOf(fact, generic: false);
        if (wanted is WebhookForms.Generic or WebhookForms.Both)
            yield return MessageOf(fact, generic: true);
    }

    private static WebhookForms MixedForm(TwinFact fact)
    {
        var name = $"{fact.Type}.{fact.Kind}.{fact.Property}";
        return (WebhookForms)(name.Sum(character => character) % 3);
    }

    private Message MessageOf(TwinFact fact, bool generic)
    {
        var name = $"{(generic ? "object" : fact.Type.Name)}.{fact.Type}.{fact.Kind}.{fact.Property}";
        if (!_ids.TryGetValue(name, out var subscriptionId))
            _ids[name] = subscriptionId = 5_200_100 + _ids.Count;
        return new Message(fact, _random.NextInt64(1, uint.MaxValue), subscriptionId, generic, clearedIsMissing: _random.Next(3) == 0);
    }
}
