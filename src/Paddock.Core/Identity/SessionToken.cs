using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Paddock.Core.Identity;

/// <summary>
/// What a session shows with each call: a JSON Web Token in compact form (RFC 7519), good for a short while and only while its session lives.
/// Roo Code reads its claims and takes no other form (<c>v</c>, <c>r</c> with the ids of user and organization).
/// </summary>
/// <param name="Session">Claim <c>jti</c>.</param>
/// <param name="User">Claims <c>sub</c> and <c>r.u</c>.</param>
/// <param name="Organization">Claim <c>r.o</c>; null = the person's own account.</param>
/// <param name="ExpiresAt">To the second.</param>
public sealed record SessionToken(KeyId Session, PrincipalId User, string? Organization, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Longest token that is looked at, in characters; ours have some 420.</summary>
    public const int MostChars = 1_024;

    /// <summary>Base64url of the header; every token of ours has the same.</summary>
    private const string Start = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";
    private const string Purpose = "paddock session token\n";
    private const int SignatureChars = 43;

    /// <summary>Whether a bearer is meant to be a token, not a key.</summary>
    public static bool IsMeant(ReadOnlySpan<char> bearer) => bearer.StartsWith("eyJ", StringComparison.Ordinal);

    /// <param name="kind">Claim <c>r.t</c>: <c>cj</c> for an editor's or a machine's, <c>auth</c> for the command line's.</param>
    public Secret Write(Pepper pepper, string kind)
    {
        using var buffer = new MemoryStream(320);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", "paddock");
            json.WriteString("sub", User.Value);
            json.WriteString("jti", Session.Value);
            json.WriteNumber("iat", IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("nbf", IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("v", 1);
            json.WriteStartObject("r");
            json.WriteString("u", User.Value);
            if (Organization is not null)
            {
                json.WriteString("o", Organization);
            }

            json.WriteString("t", kind);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var signed = Start + Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        return new($"{signed}.{Sign(signed, pepper)}");
    }

    /// <summary>Reads a token that we signed. It says nothing about whether its session lives, or whether its time is over.</summary>
    public static SessionToken? Read(ReadOnlySpan<char> token, Pepper pepper)
    {
        var end = token.LastIndexOf('.');
        if (token.Length > MostChars || end < Start.Length || token.Length - end - 1 != SignatureChars || !token.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        Span<byte> expected = stackalloc byte[SignatureChars], shown = stackalloc byte[SignatureChars];
        Encoding.UTF8.TryGetBytes(Sign(token[..end], pepper), expected, out _);
        return Encoding.UTF8.TryGetBytes(token[(end + 1)..], shown, out var length) && length == SignatureChars && CryptographicOperations.FixedTimeEquals(expected, shown)
            ? ReadClaims(Base64Url.DecodeFromChars(token[Start.Length..end]))
            : null;
    }

    /// <summary>Signed by us, so they are what we wrote.</summary>
    private static SessionToken ReadClaims(byte[] utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var (claims, about) = (json.RootElement, json.RootElement.GetProperty("r"));
        return new(
            KeyId.Parse(claims.GetProperty("jti").GetString() ?? ""), PrincipalId.Parse(claims.GetProperty("sub").GetString() ?? ""), about.TryGetProperty("o", out var organization) ? organization.GetString() : null,
            DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()), DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()));
    }

    /// <summary>HMAC-SHA-256 under the pepper, of a text that nothing else under it begins with.</summary>
    private static string Sign(ReadOnlySpan<char> signed, Pepper pepper)
    {
        Span<byte> text = stackalloc byte[Purpose.Length + MostChars];
        var start = Encoding.UTF8.GetBytes(Purpose, text);
        if (!Encoding.UTF8.TryGetBytes(signed, text[start..], out var length))
        {
            return new('-', SignatureChars); // not ASCII, so not ours
        }

        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(text[..(start + length)], hash);
        return Base64Url.EncodeToString(hash);
    }
}
