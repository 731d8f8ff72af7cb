using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Core.Identity;

namespace Paddock.Web.Identity;

/// <summary>
/// Sign-ins on their way to the identity provider and back: state, nonce and code verifier, in a signed cookie of the browser that began them.
/// It is sent when the provider leads back, and gone once it was looked at.
/// </summary>
internal sealed class BegunSignIns(Pepper pepper, TimeProvider time)
{
    private const string Purpose = "paddock begun sign-in\n";
    private const int MostChars = 3_800;

    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(10);

    public void Keep(HttpContext http, ExternalSignIn sign, string next, string? invitation)
    {
        var kept = new BegunSignIn(sign.State, sign.Nonce, sign.Verifier, sign.Redirect.AbsoluteUri, next, invitation, (time.GetUtcNow() + lifetime).ToUnixTimeSeconds());
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(kept, BegunJson.Default.BegunSignIn));
        http.Response.Cookies.Append(NameFor(http), $"{text}.{Sign(text)}", Options(http, lifetime));
    }

    /// <summary>The sign-in with this state and where to go after it; null when this browser began none such, or too long ago.</summary>
    public (ExternalSignIn Sign, string Next, string? Invitation)? Take(HttpContext http, string state)
    {
        var cookie = http.Request.Cookies[NameFor(http)];
        http.Response.Cookies.Delete(NameFor(http), Options(http, maxAge: null));
        if (cookie is not { Length: < MostChars } || cookie.Split('.') is not [var text, var signature] || !AreSame(signature, Sign(text)))
        {
            return null;
        }

        // Signed by us, so it is what we wrote.
        var kept = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), BegunJson.Default.BegunSignIn);
        return kept is not null && AreSame(kept.State, state) && time.GetUtcNow().ToUnixTimeSeconds() < kept.Ends
            ? (new(new(kept.Redirect), new(kept.Redirect), kept.State, kept.Nonce, kept.Verifier), kept.Next, kept.Invitation)
            : null;
    }

    private static string NameFor(HttpContext http) => RequestOrigin.IsSecure(http.Request) ? "__Host-paddock-sign-in" : "paddock-sign-in";

    private static CookieOptions Options(HttpContext http, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = RequestOrigin.IsSecure(http.Request), Path = "/", MaxAge = maxAge, IsEssential = true };

    private string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(Encoding.UTF8.GetBytes(Purpose + text), hash);
        return Convert.ToHexStringLower(hash);
    }

    private static bool AreSame(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}

/// <param name="Ends">Seconds since 1970.</param>
internal sealed record BegunSignIn(string State, string Nonce, string Verifier, string Redirect, string Next, string? Invitation, long Ends);

[JsonSerializable(typeof(BegunSignIn))]
internal sealed partial class BegunJson : JsonSerializerContext;
