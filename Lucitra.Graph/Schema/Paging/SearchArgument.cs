using System.Linq.Expressions;
using System.Text;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>The argument <c>search</c> of a list: words, each the beginning of one in a record.</summary>
internal static class SearchArgument
{
    public const string Name = "search";

    private const int MaxLength = 200;
    private const int MaxWords = 10;

    /// <param name="searched">What a search looks at.</param>
    /// <param name="scopes">What a caller needs to search: it tells what it finds, though it shows nothing of it.</param>
    public static QueryArgument Of(string searched, Scopes scopes) => new QueryArgument<StringGraphType>
    {
        Name = Name,
        Description = $"Words to look for in {searched}: each is the beginning of a word there, in upper or lower case. "
            + $"A list without `order` has the best match first. At most {MaxLength} characters and {MaxWords} words.",
    }.Access(scopes);

    /// <summary>The words to search for; null when nothing is searched.</summary>
    public static IReadOnlyList<string>? Words(IResolveFieldContext context)
    {
        if (context.FieldDefinition.Arguments?.Find(Name) is null || context.GetArgument<string?>(Name) is not { } text || string.IsNullOrWhiteSpace(text))
            return null;

        var words = Split(text);
        return text.Length <= MaxLength && words.Count <= MaxWords
            ? words
            : throw new CodedError(
                ErrorCodes.SearchTooLong,
                $"A search has at most {MaxLength} characters and {MaxWords} words.",
                new Dictionary<string, object?> { ["characters"] = text.Length, ["words"] = words.Count });
    }

    /// <summary>The order of a search: the best match first.</summary>
    public static OrderKey Best(IQueryable<SearchHit> hits, IEnumerable<string> words, ParameterExpression x, EntityColumn key)
    {
        var hit = Expression.Parameter(typeof(SearchHit), "hit");
        var isSame = Expression.Lambda<Func<SearchHit, bool>>(
            Expression.Equal(Expression.Property(hit, nameof(SearchHit.Id)), Expression.Property(x, key.Member)), hit);
        var ranks = hits.Where(isSame).Select(found => found.Rank);
        var rank = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(double)], ranks.Expression);
        return OrderKey.Of(rank, $"search({string.Join(' ', words)})", nullable: false, SortDirection.Desc);
    }

    /// <summary>What the words find; null when nothing is searched.</summary>
    public static IQueryable<SearchHit>? Hits<T>(LucitraDbContext db, IReadOnlyList<string>? words) =>
        words is null ? null : db.Search(db.Model.FindEntityType(typeof(T))!.GetTableName()!, words);

    /// <summary>The condition that a search found the record.</summary>
    public static Expression<Func<T, bool>> IsFound<T>(IQueryable<SearchHit> hits, EntityColumn key)
    {
        var x = Expression.Parameter(typeof(T), "x");
        var ids = hits.Select(hit => hit.Id);
        var contains = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Guid)], ids.Expression, Expression.Property(x, key.Member));
        return Expression.Lambda<Func<T, bool>>(contains, x);
    }

    // Letters and digits only: nothing is left of the search syntax of either database.
    private static List<string> Split(string text)
    {
        var spaced = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            spaced.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : " ");
        return [.. spaced.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }
}
