using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>
/// A key as text: <c>lucitra_&lt;env&gt;_&lt;id&gt;_&lt;secret&gt;</c>, whose last six characters are a checksum of all before them: a key that
/// was mistyped or cut short, and one that a scanner finds in a repository, is told without asking the database.
/// </summary>
/// <param name="Environment">Where it is for: <c>live</c>, <c>test</c> or <c>dev</c>.</param>
/// <param name="Id">Identifies the key, and may be shown.</param>
/// <param name="Secret">Proves that one has it.</param>
internal sealed record ApiKeyText(string Environment, string Id, string Secret)
{
    public const string Prefix = "lucitra_";
    public const int IdLength = 12;

    // 62^43 is more than 2^256.
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Secret));

    public static ApiKeyText New(string environment) =>
        new(environment, RandomNumberGenerator.GetString(Alphabet, IdLength), RandomNumberGenerator.GetString(Alphabet, SecretLength));

    /// <summary>What keys of this environment are marked with.</summary>
    public static string EnvironmentOf(IHostEnvironment environment) =>
        environment.IsDevelopment() ? "dev" : environment.IsProduction() ? "live" : "test";

    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyText? key)
    {
        key = null;
        var parts = text.Split('_');
        if (parts is not ["lucitra", var environment, { Length: IdLength } id, { Length: SecretLength + ChecksumLength } rest])
            return false;
        var parsed = new ApiKeyText(environment, id, rest[..SecretLength]);
        if (parsed.ToString() != text)
            return false;
        key = parsed;
        return true;
    }

    public override string ToString()
    {
        var text = $"{Prefix}{Environment}_{Id}_{Secret}";
        return text + ChecksumOf(text);
    }

    private static string ChecksumOf(string text)
    {
        var rest = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var checksum = new char[ChecksumLength];
        for (var place = ChecksumLength - 1; place >= 0; place--, rest /= (uint)Alphabet.Length)
            checksum[place] = Alphabet[(int)(rest % Alphabet.Length)];
        return new string(checksum);
    }
}
