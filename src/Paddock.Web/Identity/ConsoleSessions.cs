using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Core.Audit;
using Paddock.Core.Identity;

namespace Paddock.Web.Identity;

/// <summary>
/// Who is signed in to the console. The cookie holds the public id of a session, or of the key that somebody came with, an end and a signature
/// under the installation's pepper, never a secret; what it may do is looked up with each request, so that ending or revoking it bites at once.
/// </summary>
internal sealed class ConsoleSessions(KeyAuthenticator keys, IIdentities identities, Pepper pepper, IAuditLog audit, EndSession end, RefusedSignIns refused, TimeProvider time)
{
    private const string SecureName = "__Host-paddock", PlainName = "paddock-session";
    private const string SessionPurpose = "paddock console session\n", FormPurpose = "paddock console form\n";
    private static readonly TimeSpan lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Sessions that were ended before their time, until then.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> ended = new(StringComparer.Ordinal);

    /// <summary>Takes a key and sets the cookie, once that is in the audit log.</summary>
    /// <returns>What they may do; null when it is no live key with control roles: another may be an agent's, and is no business of this page.</returns>
    /// <exception cref="AuditUnavailableException">No device takes entries now: nobody comes in unrecorded.</exception>
    public async Task<ControlRoles?> SignInAsync(HttpContext http, string token)
    {
        var now = time.GetUtcNow();
        var source = RequestSource.Of(http);
        if (keys.Authenticate(token.AsSpan().Trim(), now) is not KeyOutcome.Known { Caller: { Key: { IsSession: false, Scopes.Control: not ControlRoles.None } } caller })
        {
            refused.Note(source);
            return null;
        }

        var id = caller.Key.Id;
        await audit.AppendAsync(SessionEntries.SignedIn(AuditActor.Of(caller.Principal.Id.Value, id.Value), source), http.RequestAborted);
        identities.NoteUse(id, now);
        Give(http, id, lifetime);
        return caller.Roles;
    }

    /// <summary>Sets the cookie of a session that was just made.</summary>
    /// <returns>What they may do.</returns>
    public ControlRoles Begin(HttpContext http, ApiKey session)
    {
        Give(http, session.Id, session.ExpiresAt is { } end ? end - session.CreatedAt : lifetime);
        return identities.Current.Find(session.Id)?.Roles ?? ControlRoles.None;
    }

    /// <summary>Somebody did not come in.</summary>
    public void NoteRefused(HttpContext http) => refused.Note(RequestSource.Of(http));

    /// <summary>Who comes with this request; null when nobody does, or no longer.</summary>
    public ConsoleSession? Of(HttpContext http)
    {
        var now = time.GetUtcNow();
        if (http.Request.Cookies[NameFor(http)] is not { Length: < 300 } cookie || cookie.LastIndexOf('.') is var at && at < 0)
        {
            return null;
        }

        var (text, parts) = (cookie[..at], cookie[..at].Split('.'));
        if (!FixedTimeEquals(cookie[(at + 1)..], Sign(SessionPurpose, text)) || parts.Length != 3 || ended.ContainsKey(text))
        {
            return null;
        }

        // Signed by us, so it is what we wrote.
        var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture));
        return now < expires && identities.Current.Find(KeyId.Parse(parts[0])) is { } caller && caller.IsLive(now)
            && caller.Key.Client is null or SessionClient.Console
            ? new(Actor.Of(caller), caller.Principal.Name, Sign(FormPurpose, text), expires)
            : null;
    }

    /// <summary>Ends the session, for whoever may have a copy of the cookie too.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        foreach (var old in ended.Where(one => one.Value < now).ToArray())
        {
            ended.TryRemove(old);
        }

        if (Of(http) is { Actor: { Key: { } id } actor } && identities.Current.Find(id) is { Key.IsSession: true })
        {
            await end.RunAsync(actor, id.Value, http.RequestAborted);
        }
        else if (Of(http) is { } session && http.Request.Cookies[NameFor(http)] is { } cookie)
        {
            ended[cookie[..cookie.LastIndexOf('.')]] = session.ExpiresAt;
            audit.Post(SessionEntries.SignedOut(session.Actor.Audited));
        }

        http.Response.Cookies.Delete(NameFor(http), Options(http, maxAge: null));
    }

    /// <summary>Whether a form was made by us for this session, and sent from our own page as far as the browser says.</summary>
    public static bool IsOurs(HttpContext http, ConsoleSession session, string? formToken) => IsSameSite(http) && FixedTimeEquals(formToken ?? "", session.FormToken);

    /// <summary>Browsers say where a form was sent from; one that came from elsewhere is none of ours.</summary>
    public static bool IsSameSite(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin || string.Equals(origin, RequestOrigin.Of(http.Request), StringComparison.OrdinalIgnoreCase));

    /// <summary>A cookie with this prefix is taken by browsers over https only, and from this host only.</summary>
    private static string NameFor(HttpContext http) => RequestOrigin.IsSecure(http.Request) ? SecureName : PlainName;

    private void Give(HttpContext http, KeyId id, TimeSpan lasts)
    {
        var text = $"{id.Value}.{(time.GetUtcNow() + lasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";
        http.Response.Cookies.Append(NameFor(http), $"{text}.{Sign(SessionPurpose, text)}", Options(http, lasts));
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? maxAge) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = RequestOrigin.IsSecure(http.Request), Path = "/", MaxAge = maxAge, IsEssential = true };

    private string Sign(string purpose, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        pepper.Hash(Encoding.UTF8.GetBytes(purpose + text), hash);
        return Convert.ToHexStringLower(hash);
    }

    private static bool FixedTimeEquals(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
