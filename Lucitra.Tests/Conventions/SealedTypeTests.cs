namespace Lucitra.Tests.Conventions;

public sealed class SealedTypeTests
{
    [Fact]
    public void Classes_are_sealed_static_or_abstract()
    {
        var open =
            from type in HandWritten.AllTypes()
            where type is { IsClass: true, IsSealed: false, IsAbstract: false }
            select $"{HandWritten.NameOf(type)} can be inherited from: seal it, or make it abstract.";

        Convention.Holds(open);
    }
}
