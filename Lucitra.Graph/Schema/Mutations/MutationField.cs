using System.Text.Json;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Lucitra.Graph.Schema.Mutations;

/// <summary>
/// A mutation by the conventions of the contract: one <c>input</c>, and a payload with the object that was written or a
/// union of the errors that are possible.
/// </summary>
internal static class MutationField
{
    /// <param name="root">The mutation root.</param>
    /// <param name="name">Verb and noun, such as createContact.</param>
    /// <param name="description">What it does.</param>
    /// <param name="errors">The errors it can answer with.</param>
    /// <param name="run">Does it.</param>
    public static void Mutation<TInput, T>(
        this ObjectGraphType root, string name, string description, Type[] errors, Func<IResolveFieldContext, TInput, Task<Outcome<T>>> run)
        where TInput : class
        where T : class
    {
        var typeName = char.ToUpperInvariant(name[0]) + name[1..];
        root.AddField(new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = new NonNullGraphType(new PayloadType<T>(typeName, errors)),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<InputType<TInput>>> { Name = "input", Description = "What to do." }),
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var type = (InputType<TInput>)context.ArgumentType("input");
                return await run(context, type.Read(context.GetArgument<IDictionary<string, object?>>("input")));
            }),
        });
    }

    private sealed class PayloadType<T> : ObjectGraphType<Outcome<T>>
        where T : class
    {
        public PayloadType(string mutation, Type[] errors)
        {
            Name = $"{mutation}Payload";
            Description = $"What came of {JsonNamingPolicy.CamelCase.ConvertName(mutation)}.";
            Field<EntityType<T>>(JsonNamingPolicy.CamelCase.ConvertName(typeof(T).Name))
                .Description("The object as it is now; null when there are errors.")
                .Resolve(context => context.Source.Value);

            var union = new UnionGraphType { Name = $"{mutation}Error", Description = $"The rules that {JsonNamingPolicy.CamelCase.ConvertName(mutation)} can find broken." };
            foreach (var error in errors)
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
}
