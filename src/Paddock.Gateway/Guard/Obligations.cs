using System.Collections.Immutable;
using Paddock.Core.Notifications;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Guard;

/// <summary>
/// What rules want to happen besides. Whoever enforces a decision must do it or must not let the call pass (AuthZEN): Paddock tells
/// people itself, and everything else only an outside enforcement point can do.
/// </summary>
internal sealed class Obligations(INotifications notifications, TimeProvider time)
{
    public const string NotOurs = "Its rule lets it pass only together with what an outside enforcement point has to do";

    public static ImmutableArray<BoundRule> Of(ICallOrigin origin, ReadCall read, in PolicyVerdict verdict) =>
        origin.Snapshot.Policies is { HasObligations: true } policies ? policies.Obliging(read.Subject, verdict) : [];

    /// <summary>Whether the call must not pass here, because something is wanted that Paddock does not do.</summary>
    public static bool Forbid(ICallOrigin origin, ImmutableArray<BoundRule> rules, Effect effect) =>
        effect is not Effect.Deny && !origin.HandsObligationsOn && rules.Any(static rule => rule.Rule.Obligations.Any(static obligation => obligation.Type != RuleObligation.Notification));

    /// <summary>Tells people of a decision.</summary>
    public void CarryOut(ICallOrigin origin, ReadCall read, Effect effect, string decision, ImmutableArray<BoundRule> rules)
    {
        foreach (var rule in rules)
        {
            foreach (var obligation in rule.Rule.Obligations.Where(static obligation => obligation.Type == RuleObligation.Notification))
            {
                notifications.Post(DecisionNotices.Of(decision, effect, rule, obligation, origin.Caller.Principal.Name, read.Call.Name, origin.Task, origin.TaskId, time.GetUtcNow()));
            }
        }
    }
}
