using System.Collections.Frozen;

namespace Paddock.Gateway.Execute;

/// <summary>
/// Headers that belong to one connection or one party and are not passed on (RFC 9110 §7.6.1, and credentials). Everything else
/// passes, known or not.
/// </summary>
internal static class HopHeaders
{
    private static readonly FrozenSet<string> Request = new[]
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        "Content-Length", "Content-Encoding", "Accept-Encoding",
        "Authorization", "x-api-key", "x-goog-api-key", "api-key", "Cookie",
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Response = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Content-Encoding", "Set-Cookie", "Alt-Svc", "Strict-Transport-Security",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request header ends here. <c>X-Paddock-*</c> is said to Paddock and to nobody else.</summary>
    public static bool StayHere(string name) => Request.Contains(name) || name.StartsWith("X-Paddock-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the Connection header names this one as belonging to the connection (RFC 9110 §7.6.1).</summary>
    public static bool IsNamed(string connection, string name)
    {
        foreach (var token in connection.AsSpan().Split(','))
        {
            if (connection.AsSpan(token).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an answer's header ends here. The body's length and coding are set again from what is really sent.</summary>
    public static bool StayBehind(string name) => Response.Contains(name);
}
