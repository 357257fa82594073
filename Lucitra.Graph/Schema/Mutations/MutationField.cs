using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Mutations;

/// <summary>
/// Mutations by the conventions of the contract: one <c>input</c>, and a payload with the object that was written or a
/// union of the errors that are possible.
/// </summary>
internal static class MutationField
{
    /// <summary>More items than this are refused in one batch.</summary>
    private const int MaxBatch = 100;

    /// <param name="root">The mutation root.</param>
    /// <param name="name">Verb and noun, such as createContact.</param>
    /// <param name="description">What it does.</param>
    /// <param name="access">Who may run it.</param>
    /// <param name="errors">The errors it can answer with.</param>
    /// <param name="run">Does it.</param>
    /// <param name="batch">The name of its batch form, such as createContacts; none when null.</param>
    /// <param name="item">The GraphQL type of what it gives, where that is no entity.</param>
    public static void Mutation<TInput, T>(
        this ObjectGraphType root,
        string name,
        string description,
        AccessRule access,
        Type[] errors,
        Func<IResolveFieldContext, TInput, Task<Outcome<T>>> run,
        string? batch = null,
        Type? item = null)
        where TInput : MutationInput
        where T : class
    {
        var payload = new PayloadType<T>(Capitalised(name), errors, item);
        root.AddField(new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = new NonNullGraphType(payload),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<InputType<TInput>>> { Name = "input", Description = "What to do." }),
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var type = (InputType<TInput>)context.ArgumentType("input");
                return await run(context, type.Read(context.GetArgument<IDictionary<string, object?>>("input")));
            }),
        }.Access(access));
        if (batch is not null)
            root.AddField(Batch(batch, name, description, payload, run).Access(access));
    }

    private static FieldType Batch<TInput, T>(string name, string single, string description, PayloadType<T> payload, Func<IResolveFieldContext, TInput, Task<Outcome<T>>> run)
        where TInput : MutationInput
        where T : class
    {
        var input = new InputObjectGraphType { Name = $"{Capitalised(name)}Input", Description = $"Inputs of {single}." };
        input.Field<NonNullGraphType<ListGraphType<NonNullGraphType<InputType<TInput>>>>>("items").Description($"What to do, item by item; at most {MaxBatch}.");
        var results = new ObjectGraphType { Name = $"{Capitalised(name)}Payload", Description = $"What came of {name}." }.Access(AccessRule.AsParent);
        results.AddField(new FieldType
        {
            Name = "results",
            Description = "What came of each item, in their order.",
            ResolvedType = new NonNullGraphType(new ListGraphType(new NonNullGraphType(payload))),
            Resolver = new FuncFieldResolver<object?>(context => context.Source),
        });
        return new FieldType
        {
            Name = name,
            Description = $"{description} For many at once: each item succeeds or fails by itself.",
            ResolvedType = new NonNullGraphType(results),
            Arguments = new QueryArguments(new QueryArgument(new NonNullGraphType(input)) { Name = "input", Description = "What to do." }),
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var type = (InputType<TInput>)input.Fields.Find("items")!.ResolvedType!.GetNamedType();
                var items = ((IEnumerable<object?>)context.GetArgument<IDictionary<string, object?>>("input")["items"]!).ToList();
                if (items.Count > MaxBatch)
                    throw new CodedError(ErrorCodes.PageTooLarge, $"A batch has at most {MaxBatch} items; this one has {items.Count}.");

                var outcomes = new List<Outcome<T>>(items.Count);
                foreach (var item in items)
                {
                    var read = type.Read((IDictionary<string, object?>)item!);
                    read.Place = outcomes.Count;
                    outcomes.Add(await run(context, read));
                }

                return outcomes;
            }),
        };
    }

    private static string Capitalised(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
