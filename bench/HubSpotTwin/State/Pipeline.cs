namespace Lucitra.Twin.State;

internal sealed record Stage(string Id, string Label, string Probability, bool Closed)
{
    public bool Won => Closed && Probability == "1.0";
}

internal sealed record Pipeline(string Id, string Label, string CreatedAt, string UpdatedAt, IReadOnlyList<Stage> Stages)
{
    public static IReadOnlyList<Pipeline> All { get; } =
    [
        new("default", "Sales Pipeline", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z",
        [
            new("appointmentscheduled", "Appointment Scheduled", "0.2", false),
            new("qualifiedtobuy", "Qualified To Buy", "0.4", false),
            new("presentationscheduled", "Presentation Scheduled", "0.6", false),
            new("decisionmakerboughtin", "Decision Maker Bought-In", "0.8", false),
            new("contractsent", "Contract Sent", "0.9", false),
            new("closedwon", "Closed Won", "1.0", true),
            new("closedlost", "Closed Lost", "0.0", true),
        ]),
        new("75e28846-ad0d-4be2-a027-5e1da6590b98", "Renewals", "2026-02-03T10:00:00Z", "2026-06-03T10:00:00Z",
        [
            new("138620987", "Due", "0.5", false),
            new("138620988", "Renewed", "1.0", true),
            new("138620989", "Churned", "0.0", true),
        ]),
    ];

    public static Stage? StageOf(CrmRecord deal) =>
        All.FirstOrDefault(pipeline => pipeline.Id == deal["pipeline"])?.Stages.FirstOrDefault(stage => stage.Id == deal["dealstage"]);
}

internal sealed record Owner(string Id, string Email, string FirstName, string LastName, long UserId, bool Archived)
{
    public static IReadOnlyList<Owner> All { get; } =
    [
        new("41629001", "r.almeida@seller.example", "Rui", "Almeida", 70_114_592, false),
        new("41629002", "s.brandt@seller.example", "Svea", "Brandt", 70_114_593, false),
        new("41629003", "t.okoye@seller.example", "Tobe", "Okoye", 70_114_594, false),
        new("41629004", "former@seller.example", "Former", "Colleague", 70_114_595, true),
    ];
}
