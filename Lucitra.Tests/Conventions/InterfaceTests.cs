namespace Lucitra.Tests.Conventions;

public sealed class InterfaceTests
{
    /// <summary>Interfaces that need not have two implementations, and why. The list may only shrink.</summary>
    private static readonly Dictionary<string, string> _seams = new()
    {
        ["IEventQueue"] = "the boundary to the queue that a deployment chooses",
    };

    [Fact]
    public void An_interface_has_two_implementations()
    {
        var types = HandWritten.ProductTypes().ToList();
        var single =
            from contract in types
            where contract.IsInterface && !_seams.ContainsKey(contract.Name)
            let implementations = types.Where(type => type is { IsInterface: false, IsAbstract: false } && Implements(type, contract)).ToList()

            // A generic class is as many implementations as it has arguments: the interface is how they are held together.
            where implementations.Count < 2 && !implementations.Exists(type => type.IsGenericTypeDefinition)
            select $"{HandWritten.NameOf(contract)} has {implementations.Count} implementation(s) in the product: use the class, or a delegate. "
                + "What only tests implement is no second one.";

        Convention.Holds(single);
    }

    private static bool Implements(Type type, Type contract) =>
        type.GetInterfaces().Any(one => one == contract || (one.IsGenericType && one.GetGenericTypeDefinition() == contract));
}
