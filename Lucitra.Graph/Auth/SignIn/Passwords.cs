using System.Buffers.Text;
using System.Security.Cryptography;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.AspNetCore.Identity;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Hashes and checks passwords, not more at once than there are processors: it is slow on purpose.</summary>
internal sealed class Passwords : IDisposable
{
    private readonly IPasswordHasher<User> _hasher;
    private readonly SemaphoreSlim _processors = new(Environment.ProcessorCount);

    // Checked when nobody has the address, so that the answer takes as long as for a wrong password.
    private readonly Lazy<User> _nobody;

    public Passwords(IPasswordHasher<User> hasher)
    {
        _hasher = hasher;
        _nobody = new(() => new User { Email = "", PasswordHash = hasher.HashPassword(null!, Generate()) });
    }

    /// <summary>A password that nobody can guess.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(15));

    /// <summary>What is wrong with a new password; null when it will do.</summary>
    public static FieldIssue? IssueWith(string field, string password, string email)
    {
        if (password.Length is < AuthOptions.MinPasswordLength or > AuthOptions.MaxPasswordLength)
            return new FieldIssue(field, $"must have {AuthOptions.MinPasswordLength} to {AuthOptions.MaxPasswordLength} characters");
        if (password.Distinct().Count() < AuthOptions.MinPasswordLength / 2)
            return new FieldIssue(field, "repeats too few characters to be hard to guess");
        return password.Contains(email, StringComparison.OrdinalIgnoreCase) ? new FieldIssue(field, "must not contain the e-mail address") : null;
    }

    public async Task<string> HashAsync(User user, string password, CancellationToken cancellationToken)
    {
        await _processors.WaitAsync(cancellationToken);
        try
        {
            return _hasher.HashPassword(user, password);
        }
        finally
        {
            _processors.Release();
        }
    }

    /// <summary>Whether the password is the user's. Without a user it is not, after the same time.</summary>
    public async Task<PasswordVerificationResult> VerifyAsync(User? user, string password, CancellationToken cancellationToken)
    {
        await _processors.WaitAsync(cancellationToken);
        try
        {
            var checkedUser = user ?? _nobody.Value;
            var result = _hasher.VerifyHashedPassword(checkedUser, checkedUser.PasswordHash, password);
            return user is null ? PasswordVerificationResult.Failed : result;
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose() => _processors.Dispose();
}
