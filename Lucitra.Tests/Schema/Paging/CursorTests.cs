using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Tests.Schema.Paging;

/// <summary>The text of a cursor.</summary>
public sealed class CursorTests
{
    [Fact]
    public void A_cursor_counts_for_its_own_order_only_however_often_it_was_read()
    {
        const string Order = "Query.contacts(-createdAt,+id)";
        const string Other = "Query.contacts(+createdAt,+id)";
        var keys = new object?[] { new DateTime(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc), null };
        var types = new[] { typeof(DateTime), typeof(string) };
        var cursor = Cursor.Encode(Order, keys);
        var same = new string(cursor.AsSpan());

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(keys, Cursor.Decode(Order, types, "after", cursor));
            Assert.Equal(keys, Cursor.Decode(Order, types, "after", same));
            Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<CodedError>(() => Cursor.Decode(Other, types, "after", cursor)).Code);
        }
    }
}
