using System.Net.Sockets;

namespace Paddock.Gateway.Execute;

/// <summary>The closed set of error classes in the ledger and in metrics, and which of them another try may help.</summary>
internal static class ErrorClasses
{
    public const string Connect = "connect";
    public const string Timeout = "timeout";
    public const string RateLimited = "rate_limited";
    public const string Overloaded = "overloaded";
    public const string MidStream = "mid_stream";
    public const string ClientAbort = "client_abort";
    public const string Encoding = "upstream_encoding";

    /// <summary>A redirect, or another status that carries no answer.</summary>
    public const string Redirect = "upstream_redirect";

    /// <summary>Ended by Paddock in the middle: the key revoked, an operator's order, the server stopping.</summary>
    public const string Revoked = "revoked";
    public const string Contained = "contained";
    public const string Stopping = "stopping";

    /// <summary>The answer held tool calls that could not be judged.</summary>
    public const string NotEvaluated = "not_evaluated";

    /// <summary>The answer held tool calls that could not be recorded in the audit log.</summary>
    public const string NotRecorded = "audit_unavailable";

    public static string Of(int status) => status switch
    {
        408 or 504 => Timeout,
        429 => RateLimited,
        529 => Overloaded,
        401 or 403 => "upstream_auth",
        >= 500 => "upstream_5xx",
        >= 400 => "upstream_4xx",
        _ => "upstream_error",
    };

    /// <summary>
    /// Whether a status can carry an answer or an error. A redirect is neither: passed on, a client's library would follow it, with the
    /// conversation and Paddock's own key, to wherever the provider says.
    /// </summary>
    public static bool IsAnswer(int status) => status is (>= 200 and < 300 and not 205) or >= 400;

    /// <summary>Whether a route moves on at this status before the commit point.</summary>
    public static bool IsRetryable(int status) => status is 408 or 429 or >= 500;

    /// <summary>Connect errors are told from those of a connection that worked, whose request may have been executed.</summary>
    public static string Of(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => Connect,
        _ when exception.InnerException is SocketException => Connect,
        _ => "upstream_broken",
    };
}
