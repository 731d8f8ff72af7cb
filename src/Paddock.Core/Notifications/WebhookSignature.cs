using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Identity;

namespace Paddock.Core.Notifications;

/// <summary>
/// How a receiver tells a notification of ours from anybody else's: HMAC-SHA-256 over the time, a point and the body. The time is
/// signed too, so that an old message cannot be sent again later.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "Paddock-Signature";

    /// <summary>The header's value: <c>t=1772625600,v1=</c> and 64 hexadecimal digits.</summary>
    /// <param name="body">As it is sent.</param>
    public static string Of(Secret secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret.Reveal()));
        hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
