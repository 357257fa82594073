using GraphQL;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Tests.Http.Support;

public enum Color
{
    Red,
    DarkBlue,
}

[Name("Query")]
public sealed class TestQuery
{
    public static string Hello => "world";

    public static string? Boom => throw new InvalidOperationException("a secret");

    public static string? Coded => throw new CodedError("MY_CODE", "custom", new Dictionary<string, object?> { ["hint"] = 1 });

    public static string? Secured => throw new CodedError(ErrorCodes.NotAuthenticated, "The current user is not authorized to access this resource.");

    public static string Viewer(IResolveFieldContext context) => context.User?.Identity?.Name ?? "nobody";

    public static int Add(int left, int right) => left + right;

    public static Color Shade(Color color) => color;

    public static async Task<string> Slow(int ms, CancellationToken cancellationToken)
    {
        await Task.Delay(ms, cancellationToken);
        return "ok";
    }

    public static Item? ItemById([Id] string id) => id == "1" ? new("1", "first") : null;

    public static ItemList Items(int first, string? after, bool? reverse, Color? color)
    {
        var start = after is null ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var items = Enumerable.Range(start + 1, first).Select(number => new Item($"{number}", $"item {number} {reverse} {color}")).ToList();
        return new(items, new(HasNextPage: start + first < 5, $"{start + first}"));
    }
}

[Name("Mutation")]
public sealed class TestMutation
{
    public static SaveItemPayload CreateItem(SaveItemInput input) => input.Name switch
    {
        "taken" => new(null, [new("The name is taken.")]),
        "" => throw new CodedError(ErrorCodes.NotAuthorized, "no"),
        _ => new(new("a/b", input.Name), null),
    };

    public static DeleteItemPayload DeleteItem(DeleteItemInput input) =>
        input.Id == "1" ? new(new("1", "deleted"), null) : new(null, [new("No such item.")]);

    public static SaveItemPayload RenameItem(RenameItemInput input) => new(new(input.Id, input.Name), null);

    public static string Rename(string name) => name;
}

[Name("Subscription")]
public sealed class TestSubscription
{
    public static async IAsyncEnumerable<int> Count(int to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= to; number++)
        {
            yield return number;
            await Task.Delay(10, cancellationToken);
        }
    }

    public static async IAsyncEnumerable<string> Flood([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = new string('x', 10_000);
        while (!cancellationToken.IsCancellationRequested)
        {
            yield return text;
            await Task.Yield();
        }
    }

    public static IAsyncEnumerable<int> Idle([FromServices] TestEvents events, CancellationToken cancellationToken) => events.Wait(cancellationToken);
}

public sealed record Item([property: Id] string Id, string Name);

public sealed record ItemList(List<Item> Nodes, ItemPage PageInfo);

public sealed record ItemPage(bool HasNextPage, string? EndCursor);

public sealed record NameAlreadyInUseError(string Message);

public sealed record ItemNotFoundError(string Message);

public sealed record SaveItemPayload(Item? Item, List<NameAlreadyInUseError>? Errors);

public sealed record DeleteItemPayload(Item? Item, List<ItemNotFoundError>? Errors);

public sealed record SaveItemInput(string Name);

public sealed record RenameItemInput([property: Id] string Id, string Name);

public sealed record DeleteItemInput([property: Id] string Id);
