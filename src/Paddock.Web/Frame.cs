using Paddock.Core.Approvals;
using Paddock.Web.Audit;
using Paddock.Web.Identity;

namespace Paddock.Web;

/// <summary>What stands around every page of somebody who signed in.</summary>
internal static class Frame
{
    public static string Of(ConsoleSession session, string body) =>
        $"""
        <header>
          <nav><a href="{ApprovalLinks.Path}">Approvals</a> · <a href="{AuditLogPage.Path}">Audit log</a></nav>
          <form method="post" action="{ApprovalLinks.Path}/sign-out">{Token(session)}<span>{HtmlText.Line(session.Name)}</span> <button>Sign out</button></form>
        </header>
        {body}
        """;

    public static string Token(ConsoleSession session) => $"<input type=\"hidden\" name=\"token\" value=\"{HtmlText.Attribute(session.FormToken)}\">";

    /// <summary>A moment, and how far away it is.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now)
    {
        var away = at - now;
        var far = away.Duration() switch
        {
            { TotalSeconds: < 90 } near => $"{near.TotalSeconds:0} s",
            { TotalMinutes: < 90 } near => $"{near.TotalMinutes:0} min",
            { TotalHours: < 36 } near => $"{near.TotalHours:0} h",
            var days => $"{days.TotalDays:0} days",
        };
        return $"<time datetime=\"{at:yyyy-MM-ddTHH:mm:ssZ}\">{at:yyyy-MM-dd HH:mm:ss} UTC</time> ({(away < TimeSpan.Zero ? $"{far} ago" : $"in {far}")})";
    }
}
