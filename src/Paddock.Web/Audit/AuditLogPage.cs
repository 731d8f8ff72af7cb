using Microsoft.AspNetCore.Http;
using Paddock.Control;
using Paddock.Control.Audit;
using Paddock.Core.Identity;
using Paddock.Web.Approvals;
using Paddock.Web.Identity;

namespace Paddock.Web.Audit;

/// <summary>How the audit log stands, and since when nobody can change it any more without somebody else seeing it.</summary>
internal sealed class AuditLogPage(ConsoleSessions sessions, ShowLog log, TimeProvider time)
{
    public const string Path = "/audit-log";

    public async Task ShowAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { } session)
        {
            await SignInPage.Of(next: null).WriteAsync(http);
            return;
        }

        await (await log.RunAsync(session.Actor, http.RequestAborted) is Outcome<LogView>.Done { Value: var view } ? Of(session, view, time.GetUtcNow()) : NoRole(session)).WriteAsync(http);
    }

    private static Page Of(ConsoleSession session, LogView log, DateTimeOffset now) => new(
        "Audit log",
        Frame.Of(
            session,
            $"""
            <h1>Audit log</h1>
            {(log.Problem is { } problem ? $"<p class=\"note warn\">{HtmlText.Line(problem)}</p>" : "")}
            <dl>
              <dt>State</dt><dd class="state">{HtmlText.Line(log.State)}</dd>
              <dt>Last kept outside</dt><dd>{Kept(log, now)}</dd>
              <dt>Last signed</dt><dd>{(log.SignedAt is { } signed ? Frame.Moment(signed, now) : "never")}</dd>
              <dt>Entries in the log</dt><dd>{log.Size}</dd>
              <dt>Entries that wait for it</dt><dd>{log.Waiting}{(log.OldestWaiting is { } oldest ? $", the oldest made {Frame.Moment(oldest, now)}" : "")}</dd>
              <dt>Origin</dt><dd><code>{HtmlText.Line(log.Origin ?? "")}</code></dd>
              <dt>Verifier key</dt><dd><code>{HtmlText.Line(log.Vkey ?? "")}</code></dd>
            </dl>
            {(log.Witnesses.Count == 0 ? "" : Witnesses(log.Witnesses, now))}
            """));

    private static string Kept(LogView log, DateTimeOffset now) => log.KeptOutside switch
    {
        { } kept => $"{Frame.Moment(kept, now)}. What came into the log before cannot be changed unseen, not even by whoever has its key.",
        _ => "never. Whoever has the log\u2019s key could still rewrite it; a witness, or anybody who keeps a checkpoint of it, ends that.",
    };

    private static string Witnesses(IEnumerable<WitnessView> witnesses, DateTimeOffset now) =>
        $"""
        <h2>Witnesses</h2>
        <table>
          <thead><tr><th scope="col">Name</th><th scope="col">Host</th><th scope="col">Entries</th><th scope="col">Signed</th><th scope="col">Problem</th></tr></thead>
          <tbody>
        {string.Concat(witnesses.Select(one => $"<tr><td>{HtmlText.Line(one.Name)}</td><td>{HtmlText.Line(one.Host)}</td><td>{one.Size}</td><td>{(one.SignedAt is { } at ? Frame.Moment(at, now) : "never")}</td><td>{HtmlText.Line(one.Problem ?? "")}</td></tr>\n"))}
          </tbody>
        </table>
        """;

    private static Page NoRole(ConsoleSession session) =>
        new("Not for this key", Frame.Of(session, $"<h1>Not for this key</h1><p>It needs the control role {ControlRoleNames.Of(ControlRoles.Viewer)[0]}.</p>"), StatusCodes.Status403Forbidden);
}
