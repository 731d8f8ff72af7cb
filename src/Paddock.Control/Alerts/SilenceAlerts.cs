using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>What is to be quiet.</summary>
public sealed record SilenceInput
{
    /// <summary>Name of a rule; null = every rule.</summary>
    public string? Rule { get; init; }

    /// <summary>What an alert is about, people by their name; null = every subject. Rule, subject, or both are said.</summary>
    public string? Subject { get; init; }

    /// <summary>One line of up to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>From now on, in seconds: one minute to 24 hours.</summary>
    public required long ForSeconds { get; init; }
}

/// <summary>Keeps alerts quiet for a time: they are seen, and nobody is told. Whoever does it answers for it.</summary>
public sealed class SilenceAlerts(IAlerts alerts, ISnapshots snapshots, IIdentities identities, TimeProvider time)
{
    /// <summary>Longer than a day somebody else should have a say, and the rule is what should change.</summary>
    private const long LongestSeconds = 86_400;

    public async Task<Outcome<SilenceView>> RunAsync(Actor actor, SilenceInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<SilenceView>.Forbidden(ControlRoles.Operator);
        }

        if (Check(input) is { } fault || (fault = await RuleFaultAsync(input.Rule, cancellationToken)) is not null)
        {
            return fault;
        }

        var now = time.GetUtcNow();
        var silence = new AlertSilence
        {
            Id = AlertId.OfSilence(now),
            Rule = input.Rule,
            Subject = input.Subject is { } subject ? AlertSubjects.Kept(subject, identities.Current, snapshots.Current.Budgets.Select(static one => one.Name)) : null,
            Reason = input.Reason,
            Owner = actor.Id,
            CreatedAt = now,
            ExpiresAt = now.AddSeconds(input.ForSeconds),
        };
        await alerts.AddSilenceAsync(silence, AlertEntries.Of(silence, actor.Audited), cancellationToken);
        return new Outcome<SilenceView>.Done(SilenceView.Of(silence, identities.Current));
    }

    /// <summary>A rule that a release took away may have alerts that are open still.</summary>
    private async Task<Outcome<SilenceView>.Invalid?> RuleFaultAsync(string? rule, CancellationToken cancellationToken)
    {
        var rules = snapshots.Current.AlertRules;
        return rule is null || rules.Any(one => one.Name == rule) || (await alerts.ListAsync(new() { Open = true, Rule = rule, Limit = 1 }, cancellationToken)).Length > 0
            ? null
            : new("rule", $"There is no alert rule of this name, and no open alert of one; there are {string.Join(", ", rules.Select(static one => one.Name))}.");
    }

    private static Outcome<SilenceView>.Invalid? Check(SilenceInput input) => input switch
    {
        { Rule: null, Subject: null } => new("rule", "Say which alerts: a rule, a subject, or both."),
        { Subject: { } subject } when !Names.IsLabel(subject, 200) => new("subject", "A subject is one line of 1 to 200 characters."),
        _ when !Names.IsLabel(input.Reason, 500) => new("reason", "A reason is one line of 1 to 500 characters."),
        { ForSeconds: < 60 or > LongestSeconds } => new("forSeconds", "A silence lasts one minute to 24 hours. What should be quiet for longer is a matter of the rule."),
        _ => null,
    };
}

/// <summary>Ends a silence before its time.</summary>
public sealed class EndSilence(IAlerts alerts, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<SilenceView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<SilenceView>.Forbidden(ControlRoles.Operator);
        }

        var now = time.GetUtcNow();
        var silence = (await alerts.SilencesAsync(now, cancellationToken)).FirstOrDefault(one => one.Id == id);
        return silence is not null && await alerts.EndSilenceAsync(id, actor.Id, now, AlertEntries.Ended(id, actor.Audited), cancellationToken)
            ? new Outcome<SilenceView>.Done(SilenceView.Of(silence, identities.Current))
            : new Outcome<SilenceView>.NotFound("No such silence stands; paddock alerts silences shows those that do.");
    }
}
