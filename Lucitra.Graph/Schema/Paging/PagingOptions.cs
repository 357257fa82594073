using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>Section <c>GraphQL:Paging</c>: how much one field may ask for.</summary>
internal sealed class PagingOptions
{
    public const string Section = "GraphQL:Paging";

    /// <summary>Items in a page when neither <c>first</c> nor <c>last</c> is given. Default 10.</summary>
    [Range(1, 1000)]
    public int DefaultPageSize { get; set; } = 10;

    /// <summary>The most that <c>first</c> or <c>last</c> may ask for (HC0051 beyond). Default 100.</summary>
    [Range(1, 1000)]
    public int MaxPageSize { get; set; } = 100;

    /// <summary>The most ids that <c>nodes</c> takes (HC0076 beyond). Default 100.</summary>
    [Range(1, 1000)]
    public int MaxNodes { get; set; } = 100;

    /// <summary>The most operations in one <c>where</c> argument (HC0117 beyond). Default 64.</summary>
    [Range(1, 1000)]
    public int MaxFilterOperations { get; set; } = 64;
}
