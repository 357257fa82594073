namespace Lucitra.Tests.Conventions;

public sealed class ProjectReferenceTests
{
    [Fact]
    public void Webhooks_knows_nothing_of_the_graph()
    {
        var referenced =
            from reference in HandWritten.Webhooks.GetReferencedAssemblies()
            where reference.Name!.StartsWith("Lucitra.Graph", StringComparison.Ordinal) || reference.Name.StartsWith("GraphQL", StringComparison.Ordinal)
            select $"Lucitra.Webhooks references {reference.Name}: hand it over through IHubSpotEventHandler, which the graph implements.";

        Convention.Holds(referenced);
    }
}
