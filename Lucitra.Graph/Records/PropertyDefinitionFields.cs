using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>Properties and their types.</summary>
internal static class PropertiesModule
{
    public static IServiceCollection AddProperties(this IServiceCollection services) => services
        .AddSingleton<PropertyRegistry>()
        .AddSingleton<IEntityDefinition<PropertyDefinition>, PropertyDefinitionType>()
        .AddSingleton<ISchemaModule, PropertyDefinitionFields>();
}

/// <summary>What a property is to be. Defining it again replaces its type, and its label unless that is left out.</summary>
/// <param name="ObjectType">Whose property it is.</param>
/// <param name="Name">HubSpot's internal name of the property.</param>
/// <param name="Type">What its values are. Where a property has a field of its own, such as `amount`, the field's type counts.</param>
/// <param name="Label">What people call it.</param>
internal sealed record DefinePropertyInput(RecordType ObjectType, string Name, PropertyType Type, Optional<string> Label) : MutationInput;

/// <summary>What the definitions of properties add to the schema.</summary>
internal sealed class PropertyDefinitionFields(IDbContextFactory<LucitraDbContext> contexts, PropertyRegistry registry, TimeProvider clock) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.AddField(new FieldType
        {
            Name = "propertyDefinitions",
            Description = "The properties whose type is known, by name. All others are text.",
            Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<EntityType<PropertyDefinition>>>>),
            Arguments = new QueryArguments(
                new QueryArgument<NonNullGraphType<EnumType<RecordType>>> { Name = "objectType", Description = "Whose properties." }),
            Resolver = new FuncFieldResolver<object?>(ListAsync),
        });
        mutation.Mutation<DefinePropertyInput, PropertyDefinition>(
            "defineProperty",
            "Says what the values of a property are, which decides how they sort. Other processes follow within five seconds.", Scopes.ContactsWrite | Scopes.DealsWrite,
            [typeof(ValidationFailedError)],
            DefineAsync);
    }

    private async ValueTask<object?> ListAsync(IResolveFieldContext context)
    {
        var objectType = context.GetArgument<RecordType>("objectType");
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        return await db.PropertyDefinitions.AsNoTracking()
            .Where(d => d.ObjectType == objectType)
            .OrderBy(d => d.Name)
            .ToListAsync(context.CancellationToken);
    }

    private async Task<Outcome<PropertyDefinition>> DefineAsync(IResolveFieldContext context, DefinePropertyInput input)
    {
        if (IssuesWith(input).ToList() is { Count: > 0 } issues)
            return new ValidationFailedError(issues);

        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);

        // Two callers that look for the definition at once would both find none.
        await db.LockAsync($"property:{input.ObjectType}:{input.Name}", context.CancellationToken);
        var definition = await db.PropertyDefinitions
            .FirstOrDefaultAsync(d => d.ObjectType == input.ObjectType && d.Name == input.Name, context.CancellationToken);
        if (definition is null)
        {
            definition = new PropertyDefinition { Id = Guid.CreateVersion7(clock.GetUtcNow()), ObjectType = input.ObjectType, Name = input.Name };
            db.Add(definition);
        }

        definition.Type = input.Type;
        if (input.Label.IsGiven)
            definition.Label = string.IsNullOrEmpty(input.Label.Value) ? null : input.Label.Value;
        await db.SaveChangesAsync(context.CancellationToken);
        write.AfterCommit(registry.Forget);
        await write.CommitAsync(context.CancellationToken);
        return definition;
    }

    private static IEnumerable<FieldIssue> IssuesWith(DefinePropertyInput input)
    {
        if (input.Name is "" or ['$', ..] || !PropertyText.IsStorable(input.Name, PropertyDefinition.MaxNameLength))
            yield return new FieldIssue("name", $"must be 1 to {PropertyDefinition.MaxNameLength} characters, begin with no $ and have no U+0000");
        if (input.Label.Value is { } label && !PropertyText.IsStorable(label, PropertyColumn.MaxTextLength))
            yield return new FieldIssue("label", $"must be at most {PropertyColumn.MaxTextLength} characters and have no U+0000");
    }
}
