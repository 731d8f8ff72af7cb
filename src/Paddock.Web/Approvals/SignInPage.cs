using Microsoft.AspNetCore.Http;
using Paddock.Core.Approvals;

namespace Paddock.Web.Approvals;

/// <summary>Asks for a key.</summary>
internal static class SignInPage
{
    /// <param name="next">The approval to show afterwards.</param>
    public static Page Of(string? next, string? message = null) => new(
        "Sign in",
        $"""
        <h1>Approvals</h1>
        {(message is null ? "" : $"<p class=\"note\" role=\"status\">{HtmlText.Line(message)}</p>")}
        <p>Sign in with your own Paddock key that has the control role <code>approver</code>. The session ends after 30 minutes.</p>
        <form method="post" action="{ApprovalLinks.Path}/sign-in">
          {(next is null ? "" : $"<input type=\"hidden\" name=\"next\" value=\"{HtmlText.Attribute(next)}\">")}
          <label for="key">Key</label>
          <input id="key" name="key" type="password" required autocomplete="off" spellcheck="false" placeholder="pk_…">
          <button>Sign in</button>
        </form>
        """,
        StatusCodes.Status401Unauthorized);
}
