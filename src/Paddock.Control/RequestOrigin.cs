using Microsoft.AspNetCore.Http;

namespace Paddock.Control;

/// <summary>Set on connections by which the control plane and the whole console are reached, not only what agents' users need.</summary>
public sealed class OperatorsListener
{
    public static readonly OperatorsListener Mark = new();

    private OperatorsListener()
    {
    }
}

/// <summary>How whoever asks reaches us.</summary>
public static class RequestOrigin
{
    /// <summary>Whether what operators have is there too.</summary>
    public static bool ReachesOperators(HttpContext http) => http.Features.Get<OperatorsListener>() is not null;

    /// <summary>A reverse proxy says with the header that the client's side is https; who makes it up keeps only themselves out.</summary>
    public static bool IsSecure(HttpRequest request) => request.IsHttps || string.Equals(request.Headers["X-Forwarded-Proto"].ToString(), "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Scheme and host, without a slash at the end. The host is one of the listener's list, or the request would not be here.</summary>
    public static string Of(HttpRequest request) => $"{(IsSecure(request) ? "https" : "http")}://{request.Host.ToUriComponent()}";
}
