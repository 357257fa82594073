using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Audit;

/// <summary>Who did what.</summary>
internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddHttpContextAccessor()
            .AddSingleton<AuditLog>()
            .AddSingleton<IEntityDefinition<AuditEntry>, AuditEntryType>()
            .AddSingleton<ISchemaModule, AuditFields>();
    }
}

/// <summary>What clients see of an audit entry.</summary>
internal sealed class AuditEntryType : IEntityDefinition<AuditEntry>
{
    public void Define(EntityType<AuditEntry> type)
    {
        type.Access(Scopes.UsersAdmin);
        type.Identified(e => e.Id);
        type.Column(e => e.At);
        type.Column(e => e.Actor);
        type.Column(e => e.Action);
        type.Column(e => e.Target);
        type.Column(e => e.Count);
        type.Column(e => e.RemoteAddress);
        type.Computed(
            new FieldType
            {
                Name = "details",
                Description = "What else belongs to it, by name.",
                Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<AuditDetailType>>>),
            },
            (_, entry) => entry.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal),
            entry => entry.Details);
    }
}

/// <summary>One detail of an audit entry.</summary>
internal sealed class AuditDetailType : ObjectGraphType<KeyValuePair<string, string>>
{
    public AuditDetailType()
    {
        Name = "AuditDetail";
        Description = "One detail of an audit entry.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<StringGraphType>>("name").Description("What it is.").Resolve(context => context.Source.Key);
        Field<NonNullGraphType<StringGraphType>>("value").Description("Its text.").Resolve(context => context.Source.Value);
    }
}

/// <summary>What the audit adds to the schema.</summary>
internal sealed class AuditFields(EntityReader reader) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription) =>
        query.Connection<AuditEntry>(reader, "auditEntries", "What was done to the server and its data, and by whom. Entries are deleted after `Audit:Retention`.");
}
