using System.Text.Json;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Filters;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Inbox;

/// <summary>Replays and discards events by a filter.</summary>
internal sealed class InboxMutations(InboxCommands commands, ReplayBudget budget, IOptions<WebhookOptions> webhooks, IOptions<PagingOptions> paging)
{
    private const int MaxReasonLength = 500;

    private int MaxEvents => webhooks.Value.Replay.MaxEvents;

    public void Extend(ObjectGraphType mutation)
    {
        mutation.AddField(Field(
            "replayWebhookEvents",
            "Makes events due again, whatever their final status, the oldest first. Those that wait for an attempt anyway are left alone. Replaying an applied event changes nothing.",
            Input("ReplayWebhookEvents"),
            (context, _, selection) => commands.ReplayAsync(selection, context.CancellationToken)));

        var discard = Input("DiscardWebhookEvents");
        discard.Field<NonNullGraphType<StringGraphType>>("reason").Description($"Why; at most {MaxReasonLength} characters. It becomes the events' reason.");
        mutation.AddField(Field(
            "discardWebhookEvents",
            "Gives up events that are DEAD or wait for their next attempt, the oldest first: they end as IGNORED.",
            discard,
            (context, input, selection) => commands.DiscardAsync(selection, (string)input["reason"]!, context.CancellationToken)));
    }

    private static InputObjectGraphType Input(string name)
    {
        var input = new InputObjectGraphType { Name = $"{name}Input", Description = "Which events, and how many at most." };
        input.Field<NonNullGraphType<FilterInputType<WebhookEvent>>>("where").Description("Which events; a filter that keeps all is refused.");
        input.Field<IntGraphType>("limit").Description("The most events, at most `Webhooks:Replay:MaxEvents`, which is also the default.");
        return input;
    }

    private FieldType Field(
        string name,
        string description,
        InputObjectGraphType input,
        Func<IResolveFieldContext, IDictionary<string, object?>, EventSelection, Task<Outcome<ChangedEvents>>> run) => new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = new NonNullGraphType(Payload(name)),
            Arguments = new QueryArguments(new QueryArgument(new NonNullGraphType(input)) { Name = "input", Description = "What to do." }),
            Resolver = new FuncFieldResolver<object>(async context =>
            {
                var given = context.GetArgument<IDictionary<string, object?>>("input");
                var issues = IssuesWith(given).ToList();
                if (issues.Count > 0)
                    return (Outcome<ChangedEvents>)new ValidationFailedError(issues);
                return Select(context, input, given) is { } selection ? await run(context, given, selection) : (Outcome<ChangedEvents>)new EmptyFilterError();
            }),
        }.Access(Scopes.WebhooksAdmin);

    private static ObjectGraphType<Outcome<ChangedEvents>> Payload(string name)
    {
        var capitalised = char.ToUpperInvariant(name[0]) + name[1..];
        var errors = new UnionGraphType { Name = $"{capitalised}Error", Description = $"The rules that {name} can find broken." };
        errors.Type<ErrorType<EmptyFilterError>>();
        errors.Type<ErrorType<ReplayLimitReachedError>>();
        errors.Type<ErrorType<ValidationFailedError>>();

        var payload = new ObjectGraphType<Outcome<ChangedEvents>> { Name = $"{capitalised}Payload", Description = $"What came of {name}." }.Access(AccessRule.AsParent);
        payload.Field<IntGraphType>("count").Description("How many events it changed; null when there are errors.").Resolve(context => context.Source.Value?.Count);
        payload.Field<BooleanGraphType>("hasMore").Description("Whether more events match than the limit let through; null when there are errors.")
            .Resolve(context => context.Source.Value?.HasMore);
        payload.AddField(new FieldType
        {
            Name = "errors",
            Description = "The rules that were broken; null when the mutation took place.",
            ResolvedType = new ListGraphType(new NonNullGraphType(errors)),
            Resolver = new FuncFieldResolver<Outcome<ChangedEvents>, object?>(context => context.Source.Errors),
        });
        return payload;
    }

    private EventSelection? Select(IResolveFieldContext context, InputObjectGraphType input, IDictionary<string, object?> given)
    {
        var where = (IDictionary<string, object?>)given["where"]!;
        var filter = (FilterInputType<WebhookEvent>)input.Fields.Find("where")!.ResolvedType!.GetNamedType();
        if (filter.Argument(where, paging.Value.MaxFilterOperations) is not { } predicate)
            return null;
        return new EventSelection(
            rows => rows.Where(predicate),
            JsonSerializer.Serialize(where),
            given.TryGetValue("limit", out var limit) && limit is int events ? events : MaxEvents,
            Caller.NameOf(context.User),
            budget.Take);
    }

    private IEnumerable<FieldIssue> IssuesWith(IDictionary<string, object?> input)
    {
        if (input.TryGetValue("limit", out var limit) && limit is int events && (events < 1 || events > MaxEvents))
            yield return new FieldIssue("limit", $"must be from 1 to {MaxEvents}");
        if (input.TryGetValue("reason", out var reason) && !(reason is string { Length: > 0 } text && PropertyText.IsStorable(text, MaxReasonLength)))
            yield return new FieldIssue("reason", $"must be 1 to {MaxReasonLength} characters and have no U+0000");
    }
}
