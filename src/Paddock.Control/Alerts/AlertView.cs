using Paddock.Core.Alerts;
using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Control.Alerts;

/// <summary>An alert as operators see it.</summary>
/// <param name="State">open, silenced, resolved.</param>
/// <param name="Severity">page, ticket.</param>
/// <param name="Subject">What it is about, people by their name; empty = all there is.</param>
/// <param name="Says">One sentence: why.</param>
/// <param name="Owner">Of the rule; null when the release in force has it no more.</param>
public sealed record AlertView(
    string Id, string State, string Severity, string Rule, string? Owner, string Subject, string Says, IReadOnlyDictionary<string, string> Facts, DateTimeOffset BeganAt, DateTimeOffset SeenAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ToldAt, string? Silence)
{
    internal static AlertView Of(Alert alert, IEnumerable<AlertRule> rules, IdentityDirectory directory) => new(
        alert.Id, alert.ResolvedAt is not null ? "resolved" : alert.Silence is not null ? "silenced" : "open", alert.Severity is AlertSeverity.Page ? "page" : "ticket", alert.Rule,
        rules.FirstOrDefault(rule => rule.Name == alert.Rule)?.Owner, AlertSubjects.Shown(alert.Subject, directory), alert.Says, new Dictionary<string, string>(alert.Facts, StringComparer.Ordinal),
        alert.BeganAt, alert.SeenAt, alert.ResolvedAt, alert.ToldAt, alert.Silence);
}

/// <param name="Alerts">The newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record AlertList(IReadOnlyList<AlertView> Alerts, string? Next);

/// <param name="Rule">Null = every rule; <paramref name="Subject"/> likewise.</param>
/// <param name="Owner">Name of whoever answers for it.</param>
public sealed record SilenceView(string Id, string? Rule, string? Subject, string Reason, string Owner, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    internal static SilenceView Of(AlertSilence one, IdentityDirectory directory) =>
        new(one.Id, one.Rule, one.Subject is null ? null : AlertSubjects.Shown(one.Subject, directory), one.Reason, ContainmentNames.UserOf(one.Owner, directory), one.CreatedAt, one.ExpiresAt);
}

/// <param name="Silences">Those that stand.</param>
public sealed record SilenceList(IReadOnlyList<SilenceView> Silences);
