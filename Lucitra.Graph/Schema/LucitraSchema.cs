using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Schema;

/// <summary>The schema: what the slices put on the three roots.</summary>
internal sealed class LucitraSchema : GraphQL.Types.Schema
{
    public LucitraSchema(IServiceProvider services, IEnumerable<ISchemaModule> modules)
        : base(services)
    {
        Query = new ObjectGraphType { Name = "Query", Description = "Reads. Every list is paged, and nothing here changes anything." };
        Mutation = new ObjectGraphType { Name = "Mutation", Description = "Writes. Broken rules come back in the payload's `errors`." };
        Subscription = new ObjectGraphType { Name = "Subscription", Description = "Changes as they are committed." };
        Directives.Register(new SpecifiedByDirective(), new AuthorizeDirective());
        foreach (var module in modules)
            module.Extend((ObjectGraphType)Query, (ObjectGraphType)Mutation, (ObjectGraphType)Subscription);

        RegisterType(typeof(UtcDateTimeType));
        RegisterType(typeof(ErrorInterfaceType));
        Features.RepeatableDirectives = true;
        Features.DeprecationOfInputValues = true;
        RegisterVisitor(new IntrospectionCompletion());
        RegisterVisitor(new AccessVisitor());
    }
}
