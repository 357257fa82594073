namespace Lucitra.Benchmarks.Comparison;

/// <summary>What is compared: a document for Lucitra, the route that answers it by hand, and PostGraphile's document for the same rows.</summary>
internal static class Cases
{
    /// <summary>The names, in the order in which the cases run. What writes comes last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Of(new Samples([], []), []).Select(one => one.Name)];

    /// <summary>The names of those that write.</summary>
    public static IReadOnlyList<string> Writing { get; } = [.. Of(new Samples([], []), []).Where(one => one.Writes).Select(one => one.Name)];

    /// <param name="samples">What to ask for.</param>
    /// <param name="deepCursors">PostGraphile's cursors of the deep rows; none where it takes no part.</param>
    public static IReadOnlyList<Case> Of(Samples samples, IReadOnlyList<string> deepCursors)
    {
        IReadOnlyList<Variables> contacts = [.. samples.Contacts.Select(id => new Variables(new { id = Samples.IdOf(id) }, new { id }))];
        IReadOnlyList<Variables> stages = [.. Samples.Stages.Select(stage => new Variables(new { stage }))];
        IReadOnlyList<Variables> moments = [.. Samples.Moments.Select(since => new Variables(new { since }))];
        IReadOnlyList<Variables> both = [.. Samples.Stages.SelectMany(stage => Samples.Moments.Select(since => new Variables(new { stage, since })))];
        IReadOnlyList<Variables> deep =
            [.. samples.DeepRows.Select((row, number) => new Variables(new { after = row.Cursor }, new { after = deepCursors.ElementAtOrDefault(number) }))];
        IReadOnlyList<Variables> addresses = [new(new { email = $"{Request.Unique}@bench.example" })];
        IReadOnlyList<Variables> none = [new(new { })];
        return
        [
            new Case("contact-by-id", Alike(new("/contact-by-id", "contactById\":{\"id", Documents.ContactById, Documents.PostGraphile.ContactById), contacts)),
            new Case("filtered-page", AlsoPlannedOnce(new("/filtered-page", "contacts\":{\"nodes\":[{\"id", Documents.FilteredPage, Documents.PostGraphile.FilteredPage), both)),
            new Case("nested-page", Alike(new("/nested-page", "contacts\":{\"nodes\":[{\"id", Documents.NestedPage, Documents.PostGraphile.NestedPage), moments)),
            new Case("total-count", AlsoAmongCommits(new("/total-count", "contacts\":{\"totalCount", Documents.TotalCount, Documents.PostGraphile.TotalCount), stages)),
            DeepPage(new("/page", "contacts\":{\"nodes\":[{\"id", Documents.Page, Documents.PostGraphile.Page), deep, none),
            new Case("aggregate", AlsoAmongCommits(new("/aggregate", "dealsAggregate\":{\"groups\":[{\"key", Documents.DealsByStage, Documents.PostGraphile.DealsByStage), none)),
            RestList(stages),
            Dashboard(),
            new Case("create-contact", Alike(new("/create-contact", "createContact\":{\"contact\":{\"firstName", Documents.CreateContact, Documents.PostGraphile.CreateContact), addresses), Writes: true),
        ];
    }

    private static List<Contender> Alike(Work work, IReadOnlyList<Variables> variables)
    {
        var beginning = $$"""{"data":{"{{work.Begins}}":""";
        IReadOnlyList<Request> there = [.. variables.Select(values => Request.GraphQL(work.PostGraphile, values.There ?? values.Here))];
        return
        [
            new(Peers.Raw, Peers.Raw, [.. variables.Select(values => Request.Post(work.Route, work.Document, values.Here))], beginning, Likeness.Bytes),
            new(Peers.Lucitra, Peers.Lucitra, [.. variables.Select(values => Request.GraphQL(work.Document, values.Here))], beginning, Likeness.Bytes),
            new(Peers.PostGraphile, Peers.PostGraphile, there, beginning, Likeness.Rows),
            new(Peers.PostGraphileTwo, Peers.PostGraphileTwo, there, beginning, Likeness.Rows),
        ];
    }

    // PostgreSQL plans this statement for its values each time, which costs half of what it does for it.
    private static List<Contender> AlsoPlannedOnce(Work work, IReadOnlyList<Variables> variables) =>
        Also(Peers.Raw, raw => raw with { Name = Peers.RawPlannedOnce, Peer = Peers.RawPlannedOnce }, Alike(work, variables));

    // What nothing was committed since is answered from what was kept, so this says what it costs where there is work.
    private static List<Contender> AlsoAmongCommits(Work work, IReadOnlyList<Variables> variables) =>
        Also(Peers.Lucitra, lucitra => lucitra with { Name = AmongCommits, AmongCommits = true }, Alike(work, variables));

    private static List<Contender> Also(string peer, Func<Contender, Contender> otherwise, List<Contender> contenders) =>
        [.. contenders, .. contenders.Where(one => one.Peer == peer).Select(otherwise)];

    // The first page is asked for in the same rounds, since it is what a deep one should cost.
    private static Case DeepPage(Work work, IReadOnlyList<Variables> deep, IReadOnlyList<Variables> none)
    {
        var first = Alike(work, none).Where(contender => contender.Peer is Peers.Raw or Peers.Lucitra)
            .Select(contender => contender with { Name = FirstPageOf(contender.Name), Likeness = Likeness.None });
        return new Case("deep-page", [.. Alike(work, deep), .. first]);
    }

    // The adapter and the document that it runs.
    private static Case RestList(IReadOnlyList<Variables> stages)
    {
        var contenders = Alike(new("/list", "contacts\":{\"nodes\":[{\"id", Documents.List, Documents.PostGraphile.List), stages);
        var requests = Samples.Stages.Select(stage => Request.Get($"/api/v1/contacts?lifecycleStage={stage}&sort=-createdAt&first=20"));
        return new Case("rest-list", [.. contenders, new(Rest, Peers.Lucitra, [.. requests], """{"items":[{"id":""", Likeness.Rows)]);
    }

    // No statement written by hand gives these figures in one go: the way to the database and back stands in.
    private static Case Dashboard() => new("dashboard",
    [
        new("SELECT 1", Peers.Raw, [Request.Post("/nothing", "{ one }")], """{"data":{"one":1""", Likeness.None),
        new(Peers.Lucitra, Peers.Lucitra, [Request.GraphQL(Documents.Dashboard)], """{"data":{"analytics":{"dashboard":{"contacts":""", Likeness.None),
    ]);

    /// <summary>The name of a contender that asks for the first page where others ask for a deep one.</summary>
    public static string FirstPageOf(string contender) => $"{contender}, first page";

    /// <summary>The name of Lucitra where something is committed all the while.</summary>
    public const string AmongCommits = "lucitra, among commits";

    /// <summary>The name of Lucitra's REST adapter.</summary>
    public const string Rest = "lucitra, REST";

    /// <param name="Route">The route of the raw endpoint.</param>
    /// <param name="Begins">How the data of a good answer begins, up to the first value.</param>
    /// <param name="Document">Lucitra's document.</param>
    /// <param name="PostGraphile">PostGraphile's.</param>
    private sealed record Work(string Route, string Begins, string Document, string PostGraphile);

    /// <param name="Here">The variables for Lucitra and the raw endpoint.</param>
    /// <param name="There">Those for PostGraphile, where they differ.</param>
    private sealed record Variables(object Here, object? There = null);
}
