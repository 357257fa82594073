using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Storage;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Exports;

/// <summary>Files of reports, contacts and deals, made in the background.</summary>
internal static class ExportsModule
{
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ExportOptions>().Bind(configuration.GetSection(ExportOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ExportSignal>()
            .AddSingleton<ExportMutations>()
            .AddSingleton<IEntityDefinition<Export>, ExportType>()
            .AddSingleton<ISchemaModule, ExportFields>();
    }

    /// <summary>Makes the files; for the role that applies events.</summary>
    public static IServiceCollection AddExportWorker(this IServiceCollection services) => services
        .AddSingleton<ExportRun>()
        .AddSingleton<ExportWorker>()
        .AddHostedService(provider => provider.GetRequiredService<ExportWorker>());
}

/// <summary>The address of an exported file.</summary>
/// <param name="Url">The address. Whoever has it can read the file.</param>
/// <param name="ExpiresAt">When the address ends.</param>
internal sealed record ExportLink(string Url, DateTime ExpiresAt);

/// <summary>What exports add to the schema.</summary>
internal sealed class ExportFields(
    EntityReader reader, ExportMutations mutations, IDbContextFactory<LucitraDbContext> contexts, IFileStore store, IOptions<ExportOptions> options, TimeProvider clock) : ISchemaModule
{
    private static readonly NodeIds _ids = NodeIds.For(nameof(Export), typeof(Guid));

    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<Export>(reader, "exports", "The exports that were asked for, by whomever.");
        query.ById<Export>("exportById", "The export with this id; null when there is none.");
        query.AddField(new FieldType
        {
            Name = "exportLink",
            Description = "An address at which the file can be read for a while (`Exports:LinkLifetime`); null unless the export is COMPLETED. Needs what reading the exported records needs.",
            Type = typeof(RecordType<ExportLink>),
            Arguments = Id(),
            Resolver = new FuncFieldResolver<object?>(LinkAsync),
        }.Access(Scopes.AnalyticsRead));
        mutations.Extend(mutation);
        subscription.AddField(new FieldType
        {
            Name = "onExportChanged",
            Description = "An export: at once, and then each time it got further, until it is COMPLETED or FAILED.",
            Type = typeof(NonNullGraphType<EntityType<Export>>),
            Arguments = Id(),
            StreamResolver = new SourceStreamResolver<object>(context => new ExportProgress(contexts, clock, (Guid)_ids.Parse(context.GetArgument<string>("id")))),
            Resolver = new FuncFieldResolver<object?>(context => context.Source),
        }.Access(Scopes.AnalyticsRead));
    }

    private static QueryArguments Id() => new(new QueryArgument<NonNullGraphType<IdGraphType>> { Name = "id", Description = "The export." });

    private async ValueTask<object?> LinkAsync(IResolveFieldContext context)
    {
        var id = (Guid)_ids.Parse(context.GetArgument<string>("id"));
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        if (await db.Exports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, context.CancellationToken) is not { Status: ExportStatus.Completed } export)
            return null;
        if ((export.Needs & ~Caller.ScopesOf(context.User)) is not Scopes.None and var missing)
        {
            throw new CodedError(
                ErrorCodes.NotAuthorized, "The export holds what the current user may not read.",
                new Dictionary<string, object?> { ["missingScopes"] = ScopeNames.Of(missing) });
        }

        var until = clock.UtcNow() + options.Value.LinkLifetime;
        until = export.ExpiresAt < until ? export.ExpiresAt.Value : until;
        var url = await store.LinkAsync(export.FileName, export.DownloadName, until, context.CancellationToken);
        return new ExportLink(url.AbsoluteUri, until);
    }
}
