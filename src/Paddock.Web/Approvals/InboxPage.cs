using Paddock.Control.Approvals;
using Paddock.Core.Approvals;
using Paddock.Web.Identity;

namespace Paddock.Web.Approvals;

/// <summary>What waits, those first that the reader can decide; and what became of the last ones.</summary>
internal static class InboxPage
{
    private const int ShortText = 100;

    public static Page Of(ConsoleSession session, ApprovalList pending, ApprovalList recent, DateTimeOffset now)
    {
        var mine = pending.Approvals.Where(one => one.Obstacle is null).ToArray();
        var others = pending.Approvals.Where(one => one.Obstacle is not null).ToArray();
        var decided = recent.Approvals.Where(one => one.State != "pending").ToArray();
        return new(
            mine.Length == 0 ? "Approvals" : $"Approvals ({mine.Length})",
            Frame.Of(
                session,
                $"""
                <h1>Approvals</h1>
                {(mine.Length == 0 ? "<p>Nothing waits for you.</p>" : Table("Waiting for you", mine, now))}
                {(others.Length == 0 ? "" : Table("Waiting for others", others, now))}
                {(decided.Length == 0 ? "" : Table("Before", decided, now))}
                """));
    }

    private static string Table(string title, IEnumerable<ApprovalView> rows, DateTimeOffset now) =>
        $"""
        <h2>{title}</h2>
        <table>
          <thead><tr><th scope="col">Asked</th><th scope="col">What</th><th scope="col">By</th><th scope="col">Rule</th><th scope="col">State</th></tr></thead>
          <tbody>
        {string.Concat(rows.Select(row => Row(row, now)))}
          </tbody>
        </table>
        """;

    private static string Row(ApprovalView view, DateTimeOffset now)
    {
        var what = view.Subject.Command ?? view.Subject.Arguments ?? "";
        var shown = what.Length > ShortText ? what[..(char.IsHighSurrogate(what[ShortText - 1]) ? ShortText - 1 : ShortText)] + "…" : what;
        return $"""
                <tr>
                  <td>{Frame.Moment(view.CreatedAt, now)}</td>
                  <td><a href="{ApprovalLinks.Path}/{HtmlText.Attribute(view.Id)}">{HtmlText.Line(view.Subject.Tool)}</a> <code>{HtmlText.Line(shown)}</code></td>
                  <td>{HtmlText.Line(view.Requester)}, {HtmlText.Line(view.Subject.Agent)}</td>
                  <td>{HtmlText.Line(view.Subject.Rule)}</td>
                  <td>{(view.State == "pending" ? $"until {Frame.Moment(view.ExpiresAt, now)}" : HtmlText.Line(view.State))}</td>
                </tr>

            """;
    }
}
