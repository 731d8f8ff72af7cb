using Microsoft.AspNetCore.Http;

namespace Paddock.Web;

/// <summary>A page as it is sent: HTML, no script, nothing from elsewhere, forms to ourselves only, never kept.</summary>
/// <param name="Body">Markup; whatever is not ours in it went through <see cref="HtmlText"/>.</param>
internal sealed record Page(string Title, string Body, int Status = StatusCodes.Status200OK)
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task WriteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // with none at all a browser would not say where a form comes from
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer"; // browsers do not know it, and show the form
        }

        http.Response.StatusCode = Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{HtmlText.Line(Title)} · Paddock</title>
              <link rel="stylesheet" href="/assets/approvals.css">
            </head>
            <body>
              <main>
            {Body}
              </main>
            </body>
            </html>

            """,
            http.RequestAborted);
    }
}
