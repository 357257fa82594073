using FsCheck;
using FsCheck.Fluent;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Analytics;

/// <summary>What happens to contacts and deals, by webhooks in any order and by writes of callers, and a dashboard that is asked for then.</summary>
internal sealed record RandomHistory(HistoryStep[] Steps, int FirstDay, int Days, string TimeZone)
{
    private static readonly string[] _owners = ["7", "8", "", "seven"];
    private static readonly string[] _stages = ["appointmentscheduled", "contractsent", "closedwon", "closedlost", "unheardof"];

    public DateOnly From => DateOnly.FromDateTime(HubSpotFact.Start.UtcDateTime).AddDays(FirstDay);

    public DateOnly To => From.AddDays(Days - 1);

    public static Arbitrary<RandomHistory> Any()
    {
        var minutes = Gen.Choose(-60 * 24 * 60, 60 * 24 * 60);
        var dates = minutes.Select(minute => HubSpotFact.Start.AddMinutes(minute).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var contact = Property(
            (["lifecyclestage"], Gen.Elements("lead", "customer", "opportunity", "4711", "")),
            ([RecordRollups.SourceProperty], Gen.Elements("ORGANIC_SEARCH", "OFFLINE", "")),
            (["hubspot_owner_id"], Gen.Elements(_owners)),
            (["firstname"], Gen.Elements("Ada", "Grace")));
        var deal = Property(
            (["amount"], Gen.Elements("100.10", "0.000001", "250", "", "none", "99999999999999999999", "-3.5")),
            (["deal_currency_code"], Gen.Elements("EUR", "USD", "")),
            (["dealstage"], Gen.Elements(_stages)),
            (["pipeline"], Gen.Elements("default", "default", "other")),
            (["hubspot_owner_id"], Gen.Elements(_owners)),
            (["closedate"], Gen.Frequency((4, dates), (1, Gen.Constant("")))));
        var id = Gen.Choose(1, 6);
        var fact =
            from at in minutes
            from objectId in id
            from isDeal in Gen.Elements(false, true, true)
            from kind in Gen.Frequency((8, Gen.Constant("propertyChange")), (2, Gen.Constant("creation")), (2, Gen.Constant("deletion")), (1, Gen.Constant("restore")), (1, Gen.Constant("merge")), (1, Gen.Constant("privacyDeletion")))
            from value in isDeal ? deal : contact
            from other in id
            select HistoryStep.Told(isDeal ? "deal" : "contact", isDeal && kind == "privacyDeletion" ? "deletion" : kind, objectId, other, at, value);
        var write =
            from record in Gen.Choose(0, 5)
            from what in Gen.Elements("create", "create", "move", "amount", "archive", "restore")
            from stage in Gen.Elements(_stages[..4])
            from amount in Gen.Elements<decimal?>(10.5m, 0, null, 123456.789m)
            select HistoryStep.Written(what, record, stage, amount);
        var stageChange = Gen.Choose(0, 2).Select(HistoryStep.Redefined);
        var step = Gen.Frequency((8, fact), (4, write), (1, stageChange));
        return Arb.From(
            from steps in Gen.Choose(1, 25).SelectMany(count => step.ArrayOf(count))
            from firstDay in Gen.Choose(-70, 70)
            from days in Gen.Choose(1, 60)
            from timeZone in Gen.Elements("UTC", "Europe/Lisbon", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia")
            select new RandomHistory(steps, firstDay, days, timeZone));
    }

    /// <summary>Brings it about.</summary>
    public async Task PlayAsync(LucitraApp app, List<string> deals)
    {
        foreach (var step in Steps)
            await step.RunAsync(app, deals);
        await app.WhenAppliedAsync();
    }

    public override string ToString() => $"{From:yyyy-MM-dd} to {To:yyyy-MM-dd} {TimeZone}\n{string.Join('\n', Steps.Select(step => step.Words))}";

    private static Gen<(string Name, string Value)> Property(params (string[] Name, Gen<string> Values)[] properties) =>
        Gen.OneOf(properties.Select(property => property.Values.Select(value => (property.Name[0], value))));
}

/// <summary>One thing that happens.</summary>
internal sealed record HistoryStep(string Words, Func<LucitraApp, List<string>, Task> RunAsync)
{
    public static HistoryStep Told(string objectType, string kind, long id, long other, int minute, (string Name, string Value) property) => new(
        $"{objectType} {id} {kind} {property} at {minute}",
        async (app, _) =>
        {
            var json = new HubSpotFact($"{objectType}.{kind}", id) { OccurredAt = HubSpotFact.Start.AddMinutes(minute) }.ToJson();
            if (kind == "propertyChange")
                (json["propertyName"], json["propertyValue"]) = (property.Name, property.Value);
            if (kind == "merge")
                (json["primaryObjectId"], json["mergedObjectIds"], json["newObjectId"]) = (id, new[] { other == id ? id + 10 : other }, id);
            Assert.Equal(System.Net.HttpStatusCode.NoContent, await app.HubSpot.PostAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new[] { json })));
        });

    public static HistoryStep Written(string what, int record, string stage, decimal? amount) => new(
        $"{what} deal {record} {stage} {amount}",
        async (app, deals) =>
        {
            if (what == "create" || deals.Count == 0)
            {
                var made = await app.MutateAsync("createDeal", new { name = "Written", stageId = stage, amount, currency = "EUR", closeDate = HubSpotFact.Start.AddDays(record * 9) });
                deals.Add(made.Text("deal.id")!);
                return;
            }

            var id = deals[record % deals.Count];
            await (what switch
            {
                "move" => app.MutateAsync("moveDealToStage", new { id, stageId = stage }),
                "amount" => app.MutateAsync("updateDeal", new { id, amount }),
                "archive" => app.MutateAsync("archiveDeal", new { id }),
                _ => RestoreAsync(app, id),
            });
        });

    public static HistoryStep Redefined(int meaning) => new(
        $"contractsent becomes {(meaning == 0 ? "open" : meaning == 1 ? "won" : "lost")}",
        async (app, _) =>
        {
            await app.WhenAppliedAsync();
            await app.InDatabaseAsync(async db =>
            {
                await using var write = await db.BeginWriteAsync(CancellationToken.None);
                var stage = await db.DealStages.SingleAsync(one => one.HubSpotId == "contractsent");
                (stage.IsClosed, stage.IsWon) = (meaning > 0, meaning == 1);
                await db.SaveChangesAsync();
                var moved = await db.Deals.Where(deal => deal.StageId == stage.HubSpotId).ToListAsync();
                var edits = await DealOutcome.ResettleAsync(db, moved, app.Services.GetRequiredService<TimeProvider>().UtcNow(), CancellationToken.None);
                app.Services.GetRequiredService<RecordJournal>().Write(db, edits);
                await db.SaveChangesAsync();
                await write.CommitAsync(CancellationToken.None);
                return true;
            });
        });

    private static async Task<System.Text.Json.JsonElement> RestoreAsync(LucitraApp app, string id) => await app.QueryAsync(
        "mutation($input: RestoreDealInput!) { restoreDeal(input: $input) { deal { id } } }", new { input = new { id } });
}
