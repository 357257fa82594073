using Lucitra.Graph.Analytics.Rollups;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>What one owner won and lost in the range, in one currency.</summary>
/// <param name="OwnerId">HubSpot's id of the owner; null for deals without one.</param>
/// <param name="OwnerName">The owner's name; null when it is not known here.</param>
/// <param name="Currency">The ISO 4217 code; null for deals that name none.</param>
/// <param name="Won">Deals won, by close date.</param>
/// <param name="Lost">Deals lost, by close date.</param>
/// <param name="WinRate">The part of the closed deals that is won, from 0 to 1.</param>
/// <param name="Revenue">The amounts of the deals won.</param>
/// <param name="AverageSize">The average amount of the deals won; null when none of them has an amount.</param>
internal sealed record OwnerRow(string? OwnerId, string? OwnerName, string? Currency, int Won, int Lost, double WinRate, decimal Revenue, decimal? AverageSize);

internal sealed class OwnerLeaderboard : Report<OwnerRow>
{
    public override ReportName Name => ReportName.OwnerLeaderboard;

    protected override async Task<IReadOnlyList<OwnerRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query(byOwner: true);
        query.Ask(RollupFigure.DealsClosed, 0, run.Range.Start, run.Range.End);
        var answer = await run.AnswerAsync(query);
        var names = await run.Db.Owners.AsNoTracking().ToDictionaryAsync(owner => owner.Id, owner => $"{owner.FirstName} {owner.LastName}".Trim(), run.CancellationToken);
        return
        [
            .. from sum in answer.Of(RollupFigure.DealsClosed, 0)
               group sum by (Owner: sum.OwnerId[RollupKey.OwnerMark.Length..], Currency: sum.Detail) into sums
               let won = sums.Where(DealOutcomes.IsWon).ToList()
               let priced = won.Where(sum => sum.Key == DealOutcomes.Won).Sum(sum => sum.Count)
               let wins = (int)won.Sum(sum => sum.Count)
               let losses = (int)sums.Where(DealOutcomes.IsLost).Sum(sum => sum.Count)
               where wins + losses > 0
               let revenue = won.Sum(sum => sum.Amount)
               orderby revenue descending, wins descending, sums.Key.Owner, sums.Key.Currency
               select new OwnerRow(
                   Text(sums.Key.Owner), names.GetValueOrDefault(sums.Key.Owner) is { Length: > 0 } name ? name : null, Text(sums.Key.Currency),
                   wins, losses, Ratio.Of(wins, wins + losses)!.Value, Amounts.Plain(revenue), priced == 0 ? null : Amounts.Plain(revenue / priced)),
        ];
    }
}
