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
        "Host", "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        "Content-Length", "Content-Encoding", "Accept-Encoding",
        "Authorization", "x-api-key", "x-goog-api-key", "api-key", "Cookie",
        "Forwarded", "X-Real-IP", "Via",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Response = new[]
    {
        "Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Content-Encoding", "Set-Cookie", "Alt-Svc", "Strict-Transport-Security",
        "Forwarded", "X-Real-IP", "Via",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request header ends here.</summary>
    public static bool StayHere(string name) => Request.Contains(name) || IsOfTheWay(name);

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
    public static bool StayBehind(string name) => Response.Contains(name) || IsOfTheWay(name);

    /// <summary><c>X-Paddock-*</c> is between a client and Paddock, <c>Proxy-*</c> and <c>X-Forwarded-*</c> are between proxies.</summary>
    private static bool IsOfTheWay(string name) => name.Length > 6 && (name[0] | 0x20) switch
    {
        'x' => name.StartsWith("X-Paddock-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase),
        'p' => name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
