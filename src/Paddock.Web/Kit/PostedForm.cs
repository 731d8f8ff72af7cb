using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Web.Identity;

namespace Paddock.Web.Kit;

/// <summary>A form that came back.</summary>
internal static class PostedForm
{
    /// <returns>Null when there is none, or one that is too large.</returns>
    public static Task<IFormCollection?> ReadAsync(HttpContext http) => RequestForm.ReadAsync(http);

    /// <returns>Null when it was not made by us for this session, or not sent from our own page.</returns>
    public static async Task<IFormCollection?> ReadOursAsync(HttpContext http, ConsoleSession session) =>
        await ReadAsync(http) is { } form && ConsoleSessions.IsOurs(http, session, form["token"]) ? form : null;

    /// <summary>After a form that did something: the browser loads a page, and loading it again does nothing again.</summary>
    public static void SeeOther(this HttpContext http, string path)
    {
        http.Response.Redirect(path);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
    }
}
