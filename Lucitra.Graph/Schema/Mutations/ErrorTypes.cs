using System.Text.Json;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Mutations;

/// <summary>The interface of all errors in payloads.</summary>
internal sealed class ErrorInterfaceType : InterfaceGraphType
{
    public ErrorInterfaceType()
    {
        Name = "Error";
        Description = "A rule that the caller broke.";
        Field<NonNullGraphType<StringGraphType>>("message").Description("What is wrong, in words for the caller.");
    }
}

/// <summary>The object type of one kind of error.</summary>
internal sealed class ErrorType<TError> : ObjectGraphType<TError>
    where TError : UserError
{
    public ErrorType()
    {
        Name = typeof(TError).Name;
        Description = Documentation.Of(typeof(TError));
        this.Access(AccessRule.AsParent);
        Interface<ErrorInterfaceType>();
        Field<NonNullGraphType<StringGraphType>>("message").Description("What is wrong, in words for the caller.").Resolve(context => context.Source.Message);
        foreach (var property in typeof(TError).GetProperties().Where(property => property.DeclaringType == typeof(TError) && property.CanWrite))
        {
            var type = property.PropertyType == typeof(IReadOnlyList<FieldIssue>)
                ? typeof(NonNullGraphType<ListGraphType<NonNullGraphType<FieldIssueType>>>)
                : Scalars.OutputOf(property);
            Field(JsonNamingPolicy.CamelCase.ConvertName(property.Name), type)
                .Description(Documentation.Of(property))
                .Resolve(context => property.GetValue(context.Source));
        }
    }
}

/// <summary>The object type of what is wrong with one field.</summary>
internal sealed class FieldIssueType : ObjectGraphType<FieldIssue>
{
    public FieldIssueType()
    {
        Name = "FieldIssue";
        Description = Documentation.Of(typeof(FieldIssue));
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<StringGraphType>>("field").Description("The name of the field.").Resolve(context => context.Source.Field);
        Field<NonNullGraphType<StringGraphType>>("message").Description("What is wrong with it.").Resolve(context => context.Source.Message);
    }
}
