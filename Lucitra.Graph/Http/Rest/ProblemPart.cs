namespace Lucitra.Graph.Http.Rest;

/// <summary>One thing that is wrong with a request, and where: an entry of a problem's <c>errors</c>.</summary>
/// <param name="Detail">What is wrong.</param>
/// <param name="Where">The member that says where: a <see cref="Pointer"/>, <see cref="Parameter"/> or <see cref="Header"/>; null: the request as a whole.</param>
/// <param name="Name">The place.</param>
/// <param name="Code">The type of the broken rule; null where the problem's own code says it.</param>
internal sealed record ProblemPart(string Detail, string? Where = null, string? Name = null, string? Code = null)
{
    /// <summary>A JSON pointer into the body, as a fragment.</summary>
    public const string Pointer = "pointer";

    /// <summary>A parameter of the query string or the path.</summary>
    public const string Parameter = "parameter";

    /// <summary>A header.</summary>
    public const string Header = "header";

    public static ProblemPart Of(string detail, string kind, string name) => new(detail, kind, kind == Pointer ? $"#/{name}" : name);

    public Dictionary<string, object?> ToMembers()
    {
        var members = new Dictionary<string, object?> { ["detail"] = Detail };
        if (Where is not null)
            members[Where] = Name;
        if (Code is not null)
            members["code"] = Code;
        return members;
    }
}
