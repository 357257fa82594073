using System.Net;
using System.Net.Http.Headers;

namespace Lucitra.Graph.Storage;

/// <summary>
/// Uploads what is written into it, a part at a time, so that memory stays flat however long the file is. A part that fails
/// is sent again from where Cloud Storage has it.
/// </summary>
internal sealed class ResumableUpload(HttpClient api, Uri session, TimeProvider clock) : Stream
{
    private const int PartBytes = 8 << 20;
    private const int MaxTries = 5;
    private const int ResumeIncomplete = 308;

    private readonly byte[] _part = new byte[PartBytes];
    private int _filled;
    private long _sent;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("It is not known before the end.");

    public override long Position
    {
        get => _sent + _filled;
        set => throw new NotSupportedException("What is written stays where it is.");
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (_filled == PartBytes)
                await SendAsync(isLast: false, cancellationToken);
            var taken = Math.Min(buffer.Length, PartBytes - _filled);
            buffer[..taken].CopyTo(_part.AsMemory(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends the rest: only now the file is there.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => SendAsync(isLast: true, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    // Parts go out when they are full.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is written only.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("What is written stays where it is.");

    public override void SetLength(long value) => throw new NotSupportedException("It is as long as what is written.");

    private async Task SendAsync(bool isLast, CancellationToken cancellationToken)
    {
        var (start, end) = (_sent, _sent + _filled);
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var answer = await PutAsync(isLast, end, cancellationToken);
                if (answer.IsSuccessStatusCode && isLast)
                    break;
                var isIncomplete = (int)answer.StatusCode == ResumeIncomplete;
                if (isIncomplete && !isLast && Persisted(answer) >= end)
                    break;
                if (!isIncomplete && (!MayPass(answer.StatusCode) || tries >= MaxTries))
                    throw new HttpRequestException($"Cloud Storage answered {(int)answer.StatusCode} to part of an upload.", null, answer.StatusCode);
            }
            catch (HttpRequestException fault) when (fault.StatusCode is null && tries < MaxTries)
            {
                // The connection broke: where the upload stands is asked below.
            }

            if (tries >= MaxTries)
                throw new HttpRequestException("Cloud Storage did not take part of an upload.");
            await Task.Delay(TimeSpan.FromMilliseconds(200 << tries), clock, cancellationToken);
            if (await AskAsync(cancellationToken) is not { } known || (!isLast && known >= end))
                break;
            _sent = Math.Clamp(known, start, end);
        }

        (_sent, _filled) = (end, 0);

        Task<HttpResponseMessage> PutAsync(bool last, long past, CancellationToken token)
        {
            var rest = _part.AsMemory((int)(_sent - start), (int)(past - _sent));
            var content = new ReadOnlyMemoryContent(rest);
            content.Headers.ContentRange = (rest.Length, last) switch
            {
                (0, _) => new ContentRangeHeaderValue(past),
                (_, true) => new ContentRangeHeaderValue(_sent, past - 1, past),
                _ => new ContentRangeHeaderValue(_sent, past - 1),
            };
            return api.PutAsync(session, content, token);
        }
    }

    // How much of the file Cloud Storage has; null when it has all of it.
    private async Task<long?> AskAsync(CancellationToken cancellationToken)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Put, session) { Content = new ByteArrayContent([]) };
        ask.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes */*");
        using var answer = await api.SendAsync(ask, cancellationToken);
        return (int)answer.StatusCode == ResumeIncomplete ? Persisted(answer) : answer.IsSuccessStatusCode ? null : _sent;
    }

    private static long Persisted(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Range", out var ranges) && RangeHeaderValue.TryParse(ranges.First(), out var range) ? range.Ranges.First().To!.Value + 1 : 0;

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
