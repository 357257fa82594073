using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Schema.Costs;

/// <summary>Section <c>GraphQL:Cost</c>: how much one operation may cost, by the weights in the schema.</summary>
public sealed class CostOptions
{
    /// <summary>
    /// Highest sum of the weights of an operation's fields, arguments and filters, those of a list times its length.
    /// Default 5000: a page of 100 records, each with a page of 10 related ones that have references of their own,
    /// costs about 3100. 100 to 1000000000.
    /// </summary>
    [Range(100, 1e9)]
    public double MaxFieldCost { get; set; } = 5000;

    /// <summary>Most objects that an operation's lists may return together. Default 5000; 100 to 1000000000.</summary>
    [Range(100, 1e9)]
    public double MaxTypeCost { get; set; } = 5000;
}
