using Paddock.Control.Approvals;
using Paddock.Core.Approvals;
using Paddock.Web.Identity;

namespace Paddock.Web.Approvals;

/// <summary>Yes, no, and why.</summary>
internal static class DecisionForm
{
    public static string Of(ConsoleSession session, ApprovalView view) => view switch
    {
        { State: not "pending" } => "",
        { SelfAcknowledgement: true } when view.RequesterId == session.Actor.Id => Form(
            session, view, required: true, "<button class=\"yes\" name=\"decision\" value=\"override\">Let it pass once</button>"),
        { Obstacle: { } obstacle } => $"<p class=\"note\">{HtmlText.Line(obstacle)}</p>",
        _ => Form(session, view, required: false, Buttons(view)),
    };

    private static string Form(ConsoleSession session, ApprovalView view, bool required, string buttons) =>
        $"""
        <h2>Decide</h2>
        <form method="post" action="{ApprovalLinks.Path}/{HtmlText.Attribute(view.Id)}">
          {Frame.Token(session)}
          <label for="reason">Reason</label>
          <textarea id="reason" name="reason" rows="2" maxlength="2000"{(required ? " required" : "")}></textarea>
          {buttons}
        </form>
        """;

    private static string Buttons(ApprovalView view)
    {
        var once = "<button class=\"yes\" name=\"decision\" value=\"approve\">Approve this once</button>";
        var grant = view.Offer is { } offer
            ? $"<button class=\"yes\" name=\"decision\" value=\"grant\">Approve {offer.MaxUses} calls of <code>{HtmlText.Line(string.Join(' ', offer.ArgvPrefix))} …</code> in this task for {TimeSpan.FromSeconds(offer.TtlSeconds).TotalMinutes:0} min</button>"
            : "";
        return once + grant + "<button class=\"no\" name=\"decision\" value=\"deny\">Deny</button>";
    }
}
