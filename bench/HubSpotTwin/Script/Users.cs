using Lucitra.Twin.State;

namespace Lucitra.Twin.Script;

/// <summary>Does what users do. What it does depends on the seed and on what is in the portal, never on the time.</summary>
internal sealed class Users(Random random, ScriptOptions options)
{
    private readonly UserTexts _texts = new(random);

    public void Do(UserAction action, Portal portal)
    {
        var by = Someone();
        switch (action)
        {
            case UserAction.CreateContact:
                portal.Create(ObjectType.Contact, _texts.NewContact(), by);
                break;
            case UserAction.CreateDeal:
                CreateDeal(portal, by);
                break;
            case UserAction.EditContact when Any(portal, ObjectType.Contact) is { } contact:
                portal.Update(contact, Edits(_texts.ContactEdit), by);
                break;
            case UserAction.EditDeal when Any(portal, ObjectType.Deal) is { } deal:
                portal.Update(deal, Edits(_texts.DealEdit), by);
                break;
            case UserAction.EditTwiceAtOnce when Any(portal, ObjectType.Contact) is { } contact:
                EditTwiceAtOnce(portal, contact, by);
                break;
            case UserAction.MoveDeal when Any(portal, ObjectType.Deal) is { } deal:
                MoveDeal(portal, deal, by);
                break;
            case UserAction.SwapEmails when Two(portal, ObjectType.Contact) is var (from, to):
                SwapEmails(portal, from, to, by);
                break;
            case UserAction.Link when Any(portal, ObjectType.Contact) is { } contact && Any(portal, ObjectType.Deal) is { } deal:
                portal.Link(contact.Id, deal.Id, random.Next(4) == 0 ? LinkKind.DecisionMaker : LinkKind.Plain, by);
                break;
            case UserAction.Unlink when Any(portal, ObjectType.Deal) is { } deal && portal.LiveLinks(deal).FirstOrDefault() is { OtherId: > 0 } link:
                portal.Unlink(link.OtherId, deal.Id, by);
                break;
            case UserAction.MergeContacts when Two(portal, ObjectType.Contact) is var (primary, loser):
                portal.Merge(primary, loser, by, oldStyle: random.Next(4) == 0);
                break;
            case UserAction.MergeDeals when Two(portal, ObjectType.Deal) is var (primary, loser):
                portal.Merge(primary, loser, by, oldStyle: random.Next(4) == 0);
                break;
            case UserAction.Delete when Any(portal, OneOfBoth()) is { } record:
                portal.Delete(record, by);
                break;
            case UserAction.Restore when Any(portal, OneOfBoth(), archived: true) is { } record:
                portal.Restore(record, by);
                break;
            case UserAction.PrivacyDelete when Any(portal, ObjectType.Contact, archived: random.Next(3) == 0) is { } contact:
                portal.PrivacyDelete(contact, by);
                break;
            case UserAction.Import:
                for (var row = 0; row < options.ImportSize; row++)
                    portal.Create(ObjectType.Contact, _texts.NewContact(), new Actor("IMPORT", by.SourceId));
                break;
        }
    }

    private void CreateDeal(Portal portal, Actor by)
    {
        var deal = portal.Create(ObjectType.Deal, _texts.NewDeal(), by);
        if (Any(portal, ObjectType.Contact) is { } contact)
            portal.Link(contact.Id, deal.Id, LinkKind.Plain, by);
    }

    private Actor Someone() => random.Next(10) switch
    {
        0 => new Actor("WORKFLOWS", "enrollmentId:771;actionExecutionIndex:0"),
        1 => Actor.App(992_013),
        _ => Actor.User(random.Next(3)),
    };

    private Dictionary<string, string> Edits(Func<KeyValuePair<string, string>> edit)
    {
        var edits = new Dictionary<string, string>();
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var (name, text) = edit();
            edits[name] = text;
        }

        return edits;
    }

    private void EditTwiceAtOnce(Portal portal, CrmRecord contact, Actor by)
    {
        portal.Update(contact, new Dictionary<string, string> { ["jobtitle"] = $"First {random.Next(1000)}" }, by);
        portal.Update(contact, new Dictionary<string, string> { ["jobtitle"] = $"Second {random.Next(1000)}" }, by, contact.LastMoment);
    }

    private void MoveDeal(Portal portal, CrmRecord deal, Actor by)
    {
        var pipeline = random.Next(8) == 0
            ? Pipeline.All[random.Next(Pipeline.All.Count)]
            : Pipeline.All.First(one => one.Id == deal["pipeline"]);
        var stage = pipeline.Stages[random.Next(pipeline.Stages.Count)];
        portal.Update(deal, new Dictionary<string, string> { ["pipeline"] = pipeline.Id, ["dealstage"] = stage.Id }, by);
    }

    private void SwapEmails(Portal portal, CrmRecord from, CrmRecord to, Actor by)
    {
        if (from["email"] is not { } email)
            return;
        portal.Update(from, new Dictionary<string, string> { ["email"] = _texts.Email() }, by);
        portal.Update(to, new Dictionary<string, string> { ["email"] = email }, by);
    }

    private ObjectType OneOfBoth() => random.Next(3) == 0 ? ObjectType.Deal : ObjectType.Contact;

    private (CrmRecord First, CrmRecord Second)? Two(Portal portal, ObjectType type)
    {
        var (first, second) = (Any(portal, type), Any(portal, type));
        return first is null || second is null || first == second ? null : (first, second);
    }

    /// <summary>A record drawn by lot, or null if a few draws meet none.</summary>
    private CrmRecord? Any(Portal portal, ObjectType type, bool archived = false)
    {
        var records = portal.Records(type);
        for (var draws = 20; draws > 0 && records.Ids.Count > 0; draws--)
        {
            if (records.TryGet(records.Ids[random.Next(records.Ids.Count)], out var record) && record.ArchivedAt is not null == archived)
                return record;
        }

        return null;
    }
}
