using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Control;
using Paddock.Web.Identity;

namespace Paddock.Web.Kit;

/// <summary>A page as it is sent: HTML, no script, nothing from elsewhere, forms to ourselves only, never kept.</summary>
/// <param name="Session">Of whoever looks at it; null before they signed in.</param>
internal sealed record Page(string Title, ConsoleSession? Session, RenderFragment Body, int Status = StatusCodes.Status200OK)
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Where the browser goes by itself once the page is there; null = nowhere. A form's answer may not lead elsewhere, a page of ours may.</summary>
    public string? Onward { get; init; }

    /// <summary>How long the page is there before that: seconds.</summary>
    public int OnwardAfter { get; init; }

    public async Task WriteAsync(HttpContext http)
    {
        var html = await DrawAsync(http); // first, so that a page that cannot be drawn is no half of one
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin"; // with none at all a browser would not say where a form comes from
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (Onward is not null)
        {
            headers["Refresh"] = string.Create(CultureInfo.InvariantCulture, $"{OnwardAfter}; url={Onward}");
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Bearer"; // browsers do not know it, and show the form
        }

        http.Response.StatusCode = Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, http.RequestAborted);
    }

    private async Task<string> DrawAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var viewing = new Viewing(Title, Session, http.Request.Path, RequestOrigin.ReachesOperators(http), ThemeCookie.Of(http), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(CascadingValue<>.Value)] = viewing,
            [nameof(CascadingValue<>.IsFixed)] = true,
            [nameof(CascadingValue<>.ChildContent)] = Layout.Around(Body),
        });
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<CascadingValue<Viewing>>(parameters)).ToHtmlString());
    }
}
