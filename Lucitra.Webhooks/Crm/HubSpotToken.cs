namespace Lucitra.Webhooks.Crm;

/// <summary>The refresh token that HubSpot last gave for an account, where it differs from the configured one.</summary>
public sealed class HubSpotToken
{
    public long PortalId { get; set; }

    /// <summary>Made by <see cref="TokenCipher"/>.</summary>
    public required byte[] Ciphertext { get; set; }

    public DateTime UpdatedAt { get; set; }
}
