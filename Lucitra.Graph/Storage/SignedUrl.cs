using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Graph.Storage;

/// <summary>Addresses of objects in Cloud Storage that carry their own permission: Google's signature V4 for GET.</summary>
internal static class SignedUrl
{
    private const string Algorithm = "GOOG4-RSA-SHA256";

    /// <summary>Google takes no link that lives longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <param name="endpoint">The address of Cloud Storage.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="name">The object.</param>
    /// <param name="email">The service account that signs.</param>
    /// <param name="now">From when the address holds.</param>
    /// <param name="lifetime">For how long it holds.</param>
    /// <param name="parameters">Further parameters, such as <c>response-content-disposition</c>.</param>
    /// <param name="sign">Signs.</param>
    public static async Task<Uri> MakeAsync(
        Uri endpoint, string bucket, string name, string email, DateTime now, TimeSpan lifetime, IReadOnlyDictionary<string, string> parameters, Func<byte[], Task<byte[]>> sign)
    {
        var day = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{day}/auto/storage/goog4_request";
        var path = $"/{Escape(bucket)}/{string.Join('/', name.Split('/').Select(Escape))}";
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["X-Goog-Algorithm"] = Algorithm,
            ["X-Goog-Credential"] = $"{email}/{scope}",
            ["X-Goog-Date"] = time,
            ["X-Goog-Expires"] = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            ["X-Goog-SignedHeaders"] = "host",
        };
        foreach (var (key, value) in parameters)
            query[key] = value;

        var canonicalQuery = string.Join('&', query.Select(one => $"{Escape(one.Key)}={Escape(one.Value)}"));
        var canonical = $"GET\n{path}\n{canonicalQuery}\nhost:{endpoint.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var toSign = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Convert.ToHexStringLower(await sign(Encoding.UTF8.GetBytes(toSign)));
        return new Uri($"{endpoint.Scheme}://{endpoint.Authority}{path}?{canonicalQuery}&X-Goog-Signature={signature}");
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
