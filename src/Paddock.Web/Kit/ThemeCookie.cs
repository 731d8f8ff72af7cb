using Microsoft.AspNetCore.Http;
using Paddock.Web.Identity;

namespace Paddock.Web.Kit;

/// <summary>Light or dark is kept in a cookie, so that the page comes in the right colours, without a script and without a flash.</summary>
internal static class ThemeCookie
{
    public const string Path = "/theme";

    private const string Name = "paddock-theme";
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(365);

    public static Theme Of(HttpContext http) => Parse(http.Request.Cookies[Name]);

    /// <summary>Takes the form at the foot of each page, and goes back to that page.</summary>
    public static async Task ChooseAsync(HttpContext http)
    {
        if (!ConsoleSessions.IsSameSite(http) || await PostedForm.ReadAsync(http) is not { } form)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var options = new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", MaxAge = lifetime, IsEssential = true };
        http.Response.Cookies.Append(Name, Parse(form["theme"]).ToString().ToLowerInvariant(), options);
        http.SeeOther(OwnPath.Of(form["next"]) ?? "/");
    }

    private static Theme Parse(string? text) => text switch { "light" => Theme.Light, "dark" => Theme.Dark, _ => Theme.System };
}
