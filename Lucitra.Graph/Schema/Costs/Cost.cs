namespace Lucitra.Graph.Schema.Costs;

/// <summary>What an operation may cost at most: the weights of its fields, and the objects it may return.</summary>
internal readonly record struct Cost(double Fields, double Types)
{
    public static Cost operator +(Cost left, Cost right) => new(left.Fields + right.Fields, left.Types + right.Types);
}

/// <summary>How long the lists below a field are: as its slicing arguments say.</summary>
internal sealed record ListSize(int Default, int Most)
{
    public static readonly string[] SlicingArguments = ["first", "last"];
    public static readonly string[] SizedFields = ["edges", "nodes"];
}

/// <summary>The weight of a field or argument and the size of its lists, where they are not the usual ones.</summary>
internal sealed record FieldCost(double Weight, ListSize? ListSize);
