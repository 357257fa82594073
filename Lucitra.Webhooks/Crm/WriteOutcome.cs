using System.Globalization;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Tells which of a batch of writes came to what. HubSpot answers in any order and may leave rows out, so rows are matched by
/// trace id, else by what identifies the record, never by position.
/// </summary>
internal sealed class WriteOutcome(IReadOnlyList<HubSpotWrite> writes, string? idProperty)
{
    public string TraceIdOf(int index) => writes[index].TraceId ?? index.ToString(CultureInfo.InvariantCulture);

    public HubSpotWriteBatch Of(WriteBatchBody body, DateTime readAt)
    {
        var written = new List<HubSpotWritten>();
        var refused = new List<HubSpotRefusal>();
        var errors = body.Errors ?? [];

        // An error that names no row is about all that came back without a result.
        var general = errors.FirstOrDefault(error => error.Named().Count == 0);
        for (var index = 0; index < writes.Count; index++)
        {
            var (write, traceId) = (writes[index], TraceIdOf(index));
            if (body.Results.FirstOrDefault(row => IsOf(row, write, traceId)) is { } result)
            {
                written.Add(new HubSpotWritten(write, result.ToObject(), result.New));
                continue;
            }

            var error = errors.FirstOrDefault(error => error.Named().Contains(traceId) || error.Named().Contains(write.Id)) ?? general;
            refused.Add(new HubSpotRefusal(
                write, error?.Kind() ?? HubSpotErrorKind.NotFound, error?.FirstCode(), error?.PropertyNames() ?? []));
        }

        return new HubSpotWriteBatch(written, refused, readAt);
    }

    private bool IsOf(WrittenBody row, HubSpotWrite write, string traceId)
    {
        if (row.ObjectWriteTraceId is { } told)
            return told == traceId;
        var identity = idProperty is null ? row.Id : row.Properties.GetValueOrDefault(idProperty);
        return string.Equals(identity, write.Id, StringComparison.OrdinalIgnoreCase);
    }
}
