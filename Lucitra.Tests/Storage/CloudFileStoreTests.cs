using System.Net;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Storage;

namespace Lucitra.Tests.Storage;

public sealed class CloudFileStoreTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8 << 20)]
    [InlineData((20 << 20) + 17)]
    public async Task A_file_goes_up_in_parts_whatever_its_length(int length)
    {
        var storage = new FakeCloudStorage();
        var content = RandomNumberGenerator.GetBytes(length);

        await StoreOf(storage).WriteAsync("exports/a b.csv", "text/csv", (stream, token) => stream.WriteAsync(content, token).AsTask(), CancellationToken.None);

        Assert.Equal(content, storage.Objects["exports/a b.csv"]);
    }

    [Fact]
    public async Task A_part_that_failed_is_sent_again_from_where_the_bucket_has_it()
    {
        var storage = new FakeCloudStorage();
        storage.FailAt.UnionWith([1, 2]);
        var content = RandomNumberGenerator.GetBytes(20 << 20);

        await StoreOf(storage).WriteAsync("a", "text/csv", (stream, token) => stream.WriteAsync(content, token).AsTask(), CancellationToken.None);

        Assert.Equal(content, storage.Objects["a"]);
    }

    [Fact]
    public async Task What_fails_to_be_written_is_no_object()
    {
        var storage = new FakeCloudStorage();

        await Assert.ThrowsAsync<InvalidOperationException>(() => StoreOf(storage).WriteAsync("a", "text/csv", async (stream, token) =>
        {
            await stream.WriteAsync(new byte[100], token);
            throw new InvalidOperationException("The rows ended early.");
        }, CancellationToken.None));

        Assert.Empty(storage.Objects);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_does_nothing()
    {
        var storage = new FakeCloudStorage();
        storage.Objects["a"] = [1];

        await StoreOf(storage).DeleteAsync("a", CancellationToken.None);
        await StoreOf(storage).DeleteAsync("a", CancellationToken.None);

        Assert.Empty(storage.Objects);
    }

    [Fact]
    public async Task A_signed_link_is_what_Google_computes_over_its_parts()
    {
        using var key = RSA.Create(2048);
        var signed = "";

        var url = await SignedUrl.MakeAsync(
            new Uri("https://storage.googleapis.com"), "test-bucket", "test object+ä/x.csv", "test-iam@dummy-project-id.iam.gserviceaccount.com",
            new DateTime(2019, 2, 1, 9, 0, 0, DateTimeKind.Utc), TimeSpan.FromSeconds(10), new Dictionary<string, string> { ["response-content-disposition"] = "attachment; filename=x.csv" },
            data =>
            {
                signed = Encoding.UTF8.GetString(data);
                return Task.FromResult(key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            });

        const string Query = "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=test-iam%40dummy-project-id.iam.gserviceaccount.com%2F20190201%2Fauto%2Fstorage%2Fgoog4_request"
            + "&X-Goog-Date=20190201T090000Z&X-Goog-Expires=10&X-Goog-SignedHeaders=host&response-content-disposition=attachment%3B%20filename%3Dx.csv";
        const string Path = "/test-bucket/test%20object%2B%C3%A4/x.csv";
        var canonical = $"GET\n{Path}\n{Query}\nhost:storage.googleapis.com\n\nhost\nUNSIGNED-PAYLOAD";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        Assert.Equal($"GOOG4-RSA-SHA256\n20190201T090000Z\n20190201/auto/storage/goog4_request\n{hash}", signed);
        Assert.StartsWith($"https://storage.googleapis.com{Path}?{Query}&X-Goog-Signature=", url.AbsoluteUri, StringComparison.Ordinal);
        var signature = Convert.FromHexString(url.AbsoluteUri.Split("X-Goog-Signature=")[1]);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(signed), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task A_refused_upload_tells_the_status()
    {
        var storage = new FakeCloudStorage { Refusal = HttpStatusCode.Forbidden };

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => StoreOf(storage).WriteAsync("a", "text/csv", (_, _) => Task.CompletedTask, CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static CloudFileStore StoreOf(FakeCloudStorage storage) =>
        new(new HttpClient(storage) { BaseAddress = new Uri("http://storage.test") }, "bucket", new GoogleSigner(), TimeProvider.System);
}
