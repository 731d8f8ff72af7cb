using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Identity;

namespace Paddock.Control.Scm;

/// <summary>What reports of source control and CI systems are signed with.</summary>
/// <param name="Value">Null: no reports are taken.</param>
public sealed record ScmSecret(Secret? Value)
{
    /// <summary>In characters.</summary>
    public const int Shortest = 16;

    /// <summary>How far a sender's clock may be off (Standard Webhooks, "Verifying webhook authenticity").</summary>
    private static readonly TimeSpan tolerance = TimeSpan.FromMinutes(5);

    private const string Prefix = "whsec_";

    /// <summary>GitHub's form: <c>sha256=</c> and the HMAC-SHA-256 of the body in hexadecimal digits.</summary>
    internal bool IsGitHubs(string? header, ReadOnlySpan<byte> body) =>
        Value is { } secret && header is { Length: 71 } && header.StartsWith("sha256=", StringComparison.Ordinal) && IsSame(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), body)), header[7..]);

    /// <summary>Standard Webhooks: one of the header's <c>v1</c> signatures is over id, time and body, and the time is now.</summary>
    internal bool IsStandard(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (Value is not { } secret || id is null || signatures is null || !IsNow(timestamp, now))
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret.Reveal()));
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        var right = "v1," + Convert.ToBase64String(hash.GetHashAndReset());
        return signatures.Split(' ').Any(one => IsSame(right, one));
    }

    /// <summary>What a report is known by when it is sent again: by its id. Two may say the same in the same words, as when a check fails, passes and fails again.</summary>
    internal static string Known(string? id, string digest) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\0{digest}")));

    /// <param name="timestamp">Seconds since 1970.</param>
    internal static bool IsNow(string? timestamp, DateTimeOffset now) => long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Math.Abs(now.ToUnixTimeSeconds() - (double)at) <= tolerance.TotalSeconds;

    private static byte[] KeyOf(string secret)
    {
        var bytes = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(secret);
    }

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other));
}
