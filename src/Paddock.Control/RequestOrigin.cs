using Microsoft.AspNetCore.Http;

namespace Paddock.Control;

/// <summary>How whoever asks reaches us.</summary>
public static class RequestOrigin
{
    /// <summary>A reverse proxy says with the header that the client's side is https; who makes it up keeps only themselves out.</summary>
    public static bool IsSecure(HttpRequest request) => request.IsHttps || string.Equals(request.Headers["X-Forwarded-Proto"].ToString(), "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Scheme and host, without a slash at the end. The host is one of the listener's list, or the request would not be here.</summary>
    public static string Of(HttpRequest request) => $"{(IsSecure(request) ? "https" : "http")}://{request.Host}";
}
