using Lucitra.Graph.Startup;

namespace Lucitra.Graph;

/// <summary>Section <c>Lucitra</c>.</summary>
internal sealed class LucitraOptions
{
    public const string Section = "Lucitra";

    /// <summary>
    /// What this process does, comma-separated: <c>Api</c> serves GraphQL, REST, the explorer and the page
    /// <c>/dashboard</c>, <c>Webhooks</c> receives deliveries, <c>Worker</c> applies them. Default: all three.
    /// </summary>
    public string Roles { get; set; } = "Api,Webhooks,Worker";

    public LucitraRoles Parsed => Enum.TryParse<LucitraRoles>(Roles, ignoreCase: true, out var roles) && roles is not 0 && (roles & ~LucitraRoles.All) == 0
        ? roles
        : throw new InvalidSettingException($"Lucitra:Roles is '{Roles}'. Set Lucitra__Roles to one or more of Api, Webhooks and Worker, separated by commas.");
}

/// <summary>What a process can do.</summary>
[Flags]
internal enum LucitraRoles
{
    Api = 1,
    Webhooks = 2,
    Worker = 4,
    All = Api | Webhooks | Worker,
}
