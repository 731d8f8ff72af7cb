using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Identity;

namespace Paddock.Core.Notifications;

/// <summary>
/// How a receiver tells a notification of ours from anybody else's, by the Standard Webhooks specification (standardwebhooks.com):
/// HMAC-SHA-256 over id, time and body, a point between them. The time is signed too, so that an old message cannot be sent again later.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";

    /// <summary>Seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    public const string SignatureHeader = "webhook-signature";

    /// <summary>What a secret begins with whose rest is the key in base64.</summary>
    private const string Prefix = "whsec_";

    /// <summary>Whether a key can be made of a secret: not of one that begins with <c>whsec_</c> and goes on with no base64.</summary>
    public static bool IsSecret(Secret secret) => KeyOf(secret) is not null;

    /// <summary>As the header says it, in seconds since 1970.</summary>
    public static string TimestampOf(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The header's value: for each secret <c>v1,</c> and base64, with blanks between them. While secrets change, a receiver knows one of them.</summary>
    /// <param name="id">The header <see cref="IdHeader"/>.</param>
    /// <param name="body">As it is sent.</param>
    /// <exception cref="ArgumentException">A secret is none, by <see cref="IsSecret"/>.</exception>
    public static string Of(IEnumerable<Secret> secrets, string id, DateTimeOffset at, byte[] body) =>
        string.Join(' ', secrets.Select(secret => Of(secret, $"{id}.{TimestampOf(at)}.", body)));

    private static string Of(Secret secret, string head, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret) ?? throw new ArgumentException("The secret's key is no base64.", nameof(secret)));
        hmac.AppendData(Encoding.UTF8.GetBytes(head));
        hmac.AppendData(body);
        return $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}";
    }

    private static byte[]? KeyOf(Secret secret)
    {
        var text = secret.Reveal();
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text[Prefix.Length..], key, out var length) && length > 0 ? key[..length] : null;
    }
}
