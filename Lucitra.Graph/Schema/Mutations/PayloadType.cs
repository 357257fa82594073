using System.Text.Json;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Mutations;

/// <summary>The payload of one mutation: the object, or the errors, of a union of its own.</summary>
internal sealed class PayloadType<T> : ObjectGraphType<Outcome<T>>
    where T : class
{
    /// <param name="mutation">The name of the mutation, capitalised.</param>
    /// <param name="errors">The errors it can answer with.</param>
    /// <param name="item">The GraphQL type of what it gives, where that is no entity.</param>
    public PayloadType(string mutation, IEnumerable<Type> errors, Type? item)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(mutation);
        Name = $"{mutation}Payload";
        Description = $"What came of {name}.";
        this.Access(AccessRule.AsParent);
        Field(JsonNamingPolicy.CamelCase.ConvertName(typeof(T).Name), item ?? typeof(EntityType<T>))
            .Description(item is null ? "The object as it is now; null when there are errors." : "What it gives; null when there are errors.")
            .Resolve(context => context.Source.Value);

        var union = new UnionGraphType { Name = $"{mutation}Error", Description = $"The rules that {name} can find broken." };
        foreach (var error in errors.Append(typeof(IdempotencyKeyReusedError)))
            union.Type(typeof(ErrorType<>).MakeGenericType(error));
        AddField(new FieldType
        {
            Name = "errors",
            Description = "The rules that were broken; null when the mutation took place.",
            ResolvedType = new ListGraphType(new NonNullGraphType(union)),
            Resolver = new FuncFieldResolver<Outcome<T>, object?>(context => context.Source.Errors),
        });
    }
}
