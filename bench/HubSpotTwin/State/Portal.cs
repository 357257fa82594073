namespace Lucitra.Twin.State;

/// <summary>One HubSpot account. Every change tells its facts. Used under the gate of <see cref="TwinState"/>.</summary>
internal sealed class Portal(long id, TwinClock clock, TwinFaults faults, Action<TwinFact> tell)
{
    private readonly RecordStore _contacts = new(ObjectType.Contact, 508_369_441_001);
    private readonly RecordStore _deals = new(ObjectType.Deal, 332_507_368_001);

    public long Id => id;

    public string AccessToken { get; } = $"pat-na1-{id}";

    public string RefreshToken { get; } = $"na1-{id}-refresh";

    public Links Links { get; } = new();

    public SearchIndex Index { get; } = new();

    /// <summary>False while the account is filled before the app is installed.</summary>
    public bool Installed { get; set; } = true;

    public RecordStore Records(ObjectType type) => type == ObjectType.Contact ? _contacts : _deals;

    public CrmRecord Create(ObjectType type, IReadOnlyDictionary<string, string> values, Actor by)
    {
        var record = Records(type).Add(clock.Now());
        record.CreatedBy = by;
        var creation = new TwinFact(id, type, FactKind.Creation, record.Id, record.CreatedAt, by);

        // HubSpot tells of the values of a new record before or after it tells that it is there.
        var creationFirst = record.Id % 2 == 0;
        if (creationFirst)
            Tell(creation);
        Write(record, values, record.CreatedAt, by);
        if (!creationFirst)
            Tell(creation);
        return record;
    }

    /// <summary>Sets values in one save, now or at a moment that was used before, which makes two saves of one millisecond.</summary>
    public void Update(CrmRecord record, IReadOnlyDictionary<string, string> values, Actor by, long? at = null) =>
        Write(record, values, at ?? record.NextMoment(clock.Now()), by);

    public void Delete(CrmRecord record, Actor by)
    {
        var at = record.NextMoment(clock.Now());
        record.Archive(at);
        Release(record);
        Tell(new TwinFact(id, record.Type, FactKind.Deletion, record.Id, at, by));
    }

    public void Restore(CrmRecord record, Actor by)
    {
        var at = record.NextMoment(clock.Now());
        record.Restore(at);
        if (record["email"] is { } email && Records(record.Type).ByEmail(email) is null)
            Records(record.Type).GiveEmail(email, record.Id);
        Changed(record);
        Tell(new TwinFact(id, record.Type, FactKind.Restore, record.Id, at, by));
    }

    public void PrivacyDelete(CrmRecord contact, Actor by)
    {
        var at = contact.NextMoment(clock.Now());
        Links.Forget(contact.Type, contact.Id);
        Records(contact.Type).Erase(contact);
        Tell(new TwinFact(id, contact.Type, FactKind.PrivacyDeletion, contact.Id, at, by));
        Tell(new TwinFact(id, contact.Type, FactKind.Deletion, contact.Id, at, by));
    }

    /// <summary>Makes one record of two: a third one today, the primary one in the old style.</summary>
    public CrmRecord Merge(CrmRecord primary, CrmRecord loser, Actor by, bool oldStyle = false)
    {
        var at = Math.Max(primary.NextMoment(clock.Now()), loser.LastMoment + 1);
        var store = Records(primary.Type);
        var survivor = oldStyle ? primary : store.Add(Math.Min(primary.CreatedAt, loser.CreatedAt));
        if (!oldStyle)
            Absorb(primary, survivor, at, by);
        var moved = Absorb(loser, survivor, at, by);
        survivor.Touch(at);
        Changed(survivor);

        var merging = by with { Source = "MERGE_OBJECTS" };
        Tell(new TwinFact(id, primary.Type, FactKind.Merge, primary.Id, at, by) { Merge = new FactOfMerge(primary.Id, [loser.Id], survivor.Id, moved) });
        Tell(new TwinFact(id, primary.Type, FactKind.Deletion, loser.Id, at + 1, merging));
        if (!oldStyle)
        {
            Tell(new TwinFact(id, primary.Type, FactKind.Creation, survivor.Id, at, merging));
            Tell(new TwinFact(id, primary.Type, FactKind.Deletion, primary.Id, at + 2, merging));
        }

        return survivor;
    }

    public void Link(long contact, long deal, LinkKind kind, Actor by)
    {
        if (kind != LinkKind.Plain)
            Link(contact, deal, LinkKind.Plain, by);
        if (Links.Has(contact, deal, kind))
            return;
        Links.Add(contact, deal, kind, clock.Now());
        TellOfLink(contact, deal, kind, removed: false, by);
    }

    /// <summary>Takes away every link of the two.</summary>
    public void Unlink(long contact, long deal, Actor by)
    {
        foreach (var kind in new[] { LinkKind.DecisionMaker, LinkKind.Plain }.Where(kind => Links.Has(contact, deal, kind)))
        {
            Links.Remove(contact, deal, kind, clock.Now());
            TellOfLink(contact, deal, kind, removed: true, by);
        }
    }

    private void Write(CrmRecord record, IReadOnlyDictionary<string, string> values, long at, Actor by)
    {
        var definitions = PropertyDefinition.Of(record.Type);
        foreach (var (name, text) in values.Where(value => value.Value != (record[value.Key] ?? "")))
        {
            if (name == "email")
                MoveEmail(record, text);
            record.Set(name, text, at, by);
            var definition = definitions[name];
            if (definition.Subscribed)
            {
                Tell(new TwinFact(id, record.Type, FactKind.PropertyChange, record.Id, at, by)
                {
                    Property = name,
                    Value = ValueText.InWebhook(definition, text),
                    Sensitive = definition.Sensitive,
                });
            }
        }

        Changed(record);
    }

    private int Absorb(CrmRecord loser, CrmRecord survivor, long at, Actor by)
    {
        var store = Records(survivor.Type);
        if (survivor["email"] is { } kept && loser["email"] is { } other && kept != other)
            survivor.Set("hs_additional_emails", string.Join(';', new[] { survivor["hs_additional_emails"], other }.OfType<string>()), at, by);
        var moved = survivor.TakeMissing(loser, at, by);
        Links.Move(survivor.Type, loser.Id, survivor.Id, clock.Now());
        store.Absorb(loser, survivor);
        Index.Remove(survivor.Type, loser.Id);
        return moved;
    }

    private void MoveEmail(CrmRecord record, string email)
    {
        Release(record);
        if (email.Length > 0)
            Records(record.Type).GiveEmail(email, record.Id);
    }

    private void Release(CrmRecord record)
    {
        if (record["email"] is { } email)
            Records(record.Type).ReleaseEmail(email, record.Id);
    }

    private void Changed(CrmRecord record) => Index.Add(record.Type, record.Id, clock.Now(), faults.SearchLag);

    private void TellOfLink(long contact, long deal, LinkKind kind, bool removed, Actor by)
    {
        var (at, labelled, linking) = (clock.Now(), kind == LinkKind.DecisionMaker, by.Source == "CRM_UI" ? by with { Source = "USER" } : by);
        Tell(new TwinFact(id, ObjectType.Contact, FactKind.AssociationChange, contact, at, linking) { Link = new FactOfLink(deal, removed, labelled ? 35 : 4, labelled) });
        Tell(new TwinFact(id, ObjectType.Deal, FactKind.AssociationChange, deal, at, linking) { Link = new FactOfLink(contact, removed, labelled ? 36 : 3, labelled) });
    }

    private void Tell(TwinFact fact)
    {
        if (Installed)
            tell(fact);
    }
}
