using System.Net;
using System.Text.RegularExpressions;
using System.Web;

namespace Lucitra.Tests.Storage;

/// <summary>What Cloud Storage's JSON API answers to resumable uploads and deletions of one bucket.</summary>
internal sealed partial class FakeCloudStorage : HttpMessageHandler
{
    private readonly Dictionary<string, List<byte>> _uploads = [];
    private int _parts;

    public Dictionary<string, byte[]> Objects { get; } = [];

    /// <summary>Which parts, counted from 0, are answered 503 after half of them has arrived.</summary>
    public HashSet<int> FailAt { get; } = [];

    /// <summary>Answers every upload with this.</summary>
    public HttpStatusCode? Refusal { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if (request.Method == HttpMethod.Delete)
            return new HttpResponseMessage(Objects.Remove(Uri.UnescapeDataString(uri.AbsolutePath.Split("/o/")[1])) ? HttpStatusCode.NoContent : HttpStatusCode.NotFound);
        if (Refusal is { } status)
            return new HttpResponseMessage(status);
        if (request.Method == HttpMethod.Post)
        {
            var name = HttpUtility.ParseQueryString(uri.Query)["name"]!;
            _uploads[name] = [];
            return new HttpResponseMessage(HttpStatusCode.OK) { Headers = { Location = new Uri($"http://storage.test/session?name={Uri.EscapeDataString(name)}") } };
        }

        return Take(HttpUtility.ParseQueryString(uri.Query)["name"]!, await request.Content!.ReadAsByteArrayAsync(cancellationToken), string.Join("", request.Content.Headers.GetValues("Content-Range")));
    }

    private HttpResponseMessage Take(string name, byte[] part, string range)
    {
        var upload = _uploads[name];
        var match = ContentRange().Match(range);
        Assert.True(match.Success, range);
        if (match.Groups["first"].Success)
        {
            Assert.Equal(upload.Count, int.Parse(match.Groups["first"].Value, System.Globalization.CultureInfo.InvariantCulture));
            if (FailAt.Contains(_parts++))
            {
                upload.AddRange(part.Take((part.Length / 2) & ~0x3FFFF));
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            }

            upload.AddRange(part);
        }

        if (match.Groups["total"].Value == upload.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            Objects[name] = [.. upload];
            return new HttpResponseMessage(HttpStatusCode.OK);
        }

        var answer = new HttpResponseMessage((HttpStatusCode)308);
        if (upload.Count > 0)
            answer.Headers.TryAddWithoutValidation("Range", $"bytes=0-{upload.Count - 1}");
        return answer;
    }

    [GeneratedRegex(@"^bytes (\*|(?<first>\d+)-(?<last>\d+))/(\*|(?<total>\d+))$")]
    private static partial Regex ContentRange();
}
