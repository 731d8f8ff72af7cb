using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What calls somebody in an installation at work, what is kept quiet, and what is over.</summary>
internal sealed class InhabitedAlerts(ServedPeople served, DateTimeOffset now)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="owner">Who keeps one of them quiet.</param>
    /// <param name="prober">Whose agent was refused again and again.</param>
    public async Task FireAsync(Principal owner, Principal prober)
    {
        var alerts = served.Get<IAlerts>();
        var silence = new AlertSilence
        {
            Id = AlertId.OfSilence(now),
            Rule = "command-timeouts",
            Subject = "codex",
            Reason = "The integration tests of web/shop are slow until Thursday; they know.",
            Owner = owner.Id.Value,
            CreatedAt = now.AddHours(-1),
            ExpiresAt = now.AddHours(3),
        };
        await alerts.AddSilenceAsync(silence, AlertEntries.Of(silence, AuditActor.Clock), Cancellation);
        await alerts.KeepAsync(
            new(
                [
                    Alert("provider-outage", "hosted", AlertSeverity.Page, 9, "Provider hosted failed 58 of 90 calls in the last 5 minutes and 312 of 1,840 in the last hour: 17 times what an objective of 99 % allows. 92 % of it is model gpt-5, which is 31 % of all."),
                    Alert("denial-burst", prober.Id.Value, AlertSeverity.Page, 4, "codex was refused 7 changes in 5 minutes for one person, mostly by git/no-force: somebody or something tries what it may not."),
                    Alert("command-timeouts", "codex", AlertSeverity.Ticket, 40, "Of codex's commands 9 of 31 ran into their time limit in the last 15 minutes (29 %); in the 28 days before it was 2.1 %.") with { Silence = silence.Id },
                ],
                [Alert("spend-surge", "", AlertSeverity.Page, 300, "$41.20 were spent since 02:00 UTC, where $5.10 ± $3.00 are usual.") with { ResolvedAt = now.AddMinutes(-190) }], []),
            [], Cancellation);
    }

    private Alert Alert(string rule, string subject, AlertSeverity severity, int minutesAgo, string says) => new()
    {
        Id = AlertId.OfAlert(now.AddMinutes(-minutesAgo)),
        Rule = rule,
        Subject = subject,
        Severity = severity,
        BeganAt = now.AddMinutes(-minutesAgo),
        SeenAt = now,
        ToldAt = now.AddMinutes(-minutesAgo),
        Says = says,
    };
}
