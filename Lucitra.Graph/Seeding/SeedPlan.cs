using System.Globalization;
using System.Text.Json;
using Lucitra.Graph.Database;

namespace Lucitra.Graph.Seeding;

/// <summary>Demo data of a company that sells on a pipeline: three years of contacts and deals up to a moment, the same for the same seed and moment.</summary>
/// <param name="contacts">How many contacts.</param>
/// <param name="deals">How many deals.</param>
/// <param name="seed">What chance begins with.</param>
/// <param name="now">The moment up to which things happened.</param>
internal sealed class SeedPlan(int contacts, int deals, int seed, DateTime now)
{
    private const int Owners = 24;
    private const int DealsWithHistory = 20_000;

    private static readonly string[] _firstNames = ["Ada", "Aline", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hana", "Ines", "João", "Kofi", "Lena", "Maya", "Nuno", "Olga"];
    private static readonly string[] _lastNames = ["Almeida", "Byron", "Costa", "Duarte", "Eriksen", "Ferreira", "Gomes", "Hopper", "Ito", "Jensen", "Kaya", "Lopes", "Martins", "Novak", "Okafor", "Pereira"];
    private static readonly string[] _companies = ["North Wharf", "Blue Heron", "Calder & Finch", "Estrela", "Gorse Hill", "Kite Robotics", "Lumen Parts", "Tidewater"];
    private static readonly string[] _lifecycle = ["subscriber", "lead", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "customer", "evangelist"];
    private static readonly string[] _sources = ["ORGANIC_SEARCH", "PAID_SEARCH", "EMAIL_MARKETING", "SOCIAL_MEDIA", "REFERRALS", "DIRECT_TRAFFIC", "OFFLINE"];
    private static readonly string?[] _currencies = [null, "EUR", "EUR", "USD", "GBP"];
    private static readonly string[] _open = ["appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent"];

    private static readonly JsonText _none = new("{}");

    private readonly DateTime _begin = now.AddYears(-3);

    /// <summary>The tables to fill, in their order.</summary>
    public IEnumerable<BulkTable> Tables() =>
    [
        new("owners", ["id", "email", "first_name", "last_name"], OwnerRows()),
        new("contacts", ["id", "email", "first_name", "last_name", "phone", "company", "lifecycle_stage", "owner_id", "created_at", "updated_at", "version", "properties", "stamps"], ContactRows()),
        new("deals", ["id", "name", "amount", "currency", "pipeline_id", "stage_id", "close_date", "owner_id", "is_closed", "is_won", "created_at", "updated_at", "version", "properties", "stamps"], DealRows()),
        new("deal_contacts", ["deal_id", "contact_id"], LinkRows()),
        new("record_changes", ["record_type", "record_id", "kind", "fields", "source", "version", "occurred_at", "recorded_at", "transaction_id"], HistoryRows()),
    ];

    private IEnumerable<object?[]> OwnerRows()
    {
        for (var i = 0; i < Owners; i++)
        {
            var (first, last) = (_firstNames[i % _firstNames.Length], _lastNames[(i * 7) % _lastNames.Length]);
            yield return [Owner(i), $"{first}.{last}.{i}@lucitra.example".ToLowerInvariant(), first, last];
        }
    }

    private IEnumerable<object?[]> ContactRows()
    {
        var random = new SeedRandom(seed);
        for (var i = 0; i < contacts; i++)
        {
            var created = random.Between(_begin, now);
            var (first, last, company) = (random.Of(_firstNames), random.Of(_lastNames), random.Of(_companies));
            var changed = random.Between(created, now);
            var properties = $$"""{"hs_analytics_source":"{{random.Of(_sources)}}","city":"{{random.Of(_companies)}}"}""";
            yield return
            [
                random.Id(created), $"{first}.{last}.{i}@{company.Replace(" ", "", StringComparison.Ordinal).Replace("&", "", StringComparison.Ordinal)}.example".ToLowerInvariant(),
                first, last, $"+351 21 555 {i % 10_000:0000}", company, random.Of(_lifecycle), Owner(random.Next(0, Owners)), created, changed, 1, new JsonText(properties), _none,
            ];
        }
    }

    private IEnumerable<object?[]> DealRows() => Deals().Select(deal => new object?[]
    {
        deal.Id, deal.Name, deal.Amount, deal.Currency, "default", deal.StageId, deal.CloseDate, deal.OwnerId, deal.IsClosed, deal.IsWon, deal.CreatedAt, deal.UpdatedAt, 1, _none, _none,
    });

    // Each deal has a contact, so that some contacts have several deals and some have none.
    private IEnumerable<object?[]> LinkRows()
    {
        if (contacts == 0)
            yield break;

        // The ids of both over again, from the same seed.
        var linked = ContactRows().Select(row => row[0]).ToArray();
        var random = new SeedRandom(seed + 2);
        foreach (var deal in Deals())
            yield return [deal.Id, random.Of(linked)];
    }

    private IEnumerable<object?[]> HistoryRows()
    {
        foreach (var deal in Deals().Take(DealsWithHistory))
        {
            var (steps, before, version) = (deal.Stages.Count, (string?)null, 0);
            foreach (var stage in deal.Stages)
            {
                var at = deal.CreatedAt + ((deal.UpdatedAt - deal.CreatedAt) * (version / (double)steps));
                yield return
                [
                    "Deal", deal.Id, before is null ? "CREATED" : "UPDATED", Json(new[] { new { field = "dealstage", old = before, @new = stage } }), "SEED", ++version, Micro(at), Micro(at), 0L,
                ];
                before = stage;
            }
        }
    }

    private IEnumerable<SeedDeal> Deals()
    {
        var random = new SeedRandom(seed + 1);
        for (var i = 0; i < deals; i++)
        {
            var created = random.Between(_begin, now);
            var days = random.Next(3, 120);
            var reached = random.Next(1, _open.Length + 1);
            var ends = created.AddDays(days);
            var isClosed = ends < now && random.Chance(0.85);
            var isWon = isClosed && random.Chance(0.35);
            List<string> stages = [.. _open.Take(reached)];
            if (isClosed)
                stages.Add(isWon ? "closedwon" : "closedlost");
            yield return new SeedDeal(
                random.Id(created), $"{random.Of(_companies)} {i}", random.Chance(0.05) ? null : random.Amount(), random.Of(_currencies), stages,
                random.Chance(0.03) && !isClosed ? null : ends, Owner(random.Next(0, Owners)), isClosed, isWon, created, isClosed ? ends : random.Between(created, now));
        }
    }

    private string Owner(int number) => (70_114_000L + (100L * seed) + number).ToString(CultureInfo.InvariantCulture);

    private static DateTime Micro(DateTime at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);

    private static JsonText Json<T>(T value) => new(JsonSerializer.Serialize(value));

    private sealed record SeedDeal(
        Guid Id, string Name, decimal? Amount, string? Currency, List<string> Stages, DateTime? CloseDate, string OwnerId, bool IsClosed, bool IsWon, DateTime CreatedAt, DateTime UpdatedAt)
    {
        public string StageId => Stages[^1];
    }
}
