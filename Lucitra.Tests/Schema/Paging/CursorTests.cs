using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Tests.Schema.Paging;

/// <summary>The text of a cursor.</summary>
public sealed class CursorTests
{
    private const string Order = "Query.contacts(-createdAt,+id)";

    private static readonly Type[] _types = [typeof(DateTime), typeof(string)];

    [Fact]
    public void A_cursor_counts_for_its_own_order_only_however_often_it_was_read()
    {
        const string Other = "Query.contacts(+createdAt,+id)";
        var keys = new object?[] { new DateTime(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc), null };
        var cursor = Cursor.Encode(Order, keys);
        var same = new string(cursor.AsSpan());

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(keys, Cursor.Decode(Order, _types, "after", cursor));
            Assert.Equal(keys, Cursor.Decode(Order, _types, "after", same));
            Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<CodedError>(() => Cursor.Decode(Other, _types, "after", cursor)).Code);
        }
    }

    [Fact]
    public void Keys_of_any_length_come_back()
    {
        var keys = new object?[] { new DateTime(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc), new string('é', 2000) };
        Assert.Equal(keys, Cursor.Decode(Order, _types, "after", Cursor.Encode(Order, keys)));
    }

    [Theory]
    [InlineData("[\"2026-10-05T08:30:00Z\",\"a\"]", true)]
    [InlineData("[\"2026-10-05T08:30:00Z\",null]", true)]
    [InlineData("[null,\"a\"]", false)]
    [InlineData("[\"2026-10-05T08:30:00Z\"]", false)]
    [InlineData("[\"2026-10-05T08:30:00Z\",\"a\",1]", false)]
    [InlineData("[\"2026-10-05T08:30:00Z\",1]", false)]
    [InlineData("[\"today\",\"a\"]", false)]
    [InlineData("[\"2026-10-05T08:30:00Z\",\"a\"", false)]
    [InlineData("[\"2026-10-05T08:30:00Z\",\"a\"] 1", false)]
    [InlineData("[]", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    [InlineData("not JSON", false)]
    public void Made_up_keys_are_refused_though_their_checksum_is_right(string payload, bool isGood)
    {
        var checksum = SHA256.HashData(Encoding.UTF8.GetBytes($"{Order}\0{payload}"))[..6];
        var cursor = Base64Url.EncodeToString([.. checksum, .. Encoding.UTF8.GetBytes(payload)]);

        if (isGood)
            Assert.Equal(2, Cursor.Decode(Order, _types, "after", cursor).Count);
        else
            Assert.Equal(ErrorCodes.InvalidCursor, Assert.Throws<CodedError>(() => Cursor.Decode(Order, _types, "after", cursor)).Code);
    }
}
