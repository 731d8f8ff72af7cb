using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>What people are told of runs. A parameter may be what an agent calls itself or its tool: in a chat it mentions nobody.</summary>
internal static class RunNotices
{
    private const int LongestReason = 600;

    /// <summary>A step's own words.</summary>
    public static Notification Said(Run run, int step, DateTimeOffset now) => OrderOf(run, step) is StepOrder.Notify order
        ? Of(run, "runbook.said", order.Text, order.Severity, now)
        : throw new ArgumentOutOfRangeException(nameof(step));

    public static Notification Asked(Run run, int step, DateTimeOffset now) =>
        Of(run, "runbook.waiting", $"Runbook {run.Runbook.Name} waits for a yes to its step {run.Steps[step].Id}: {Ended(StepEffects.Plan(OrderOf(run, step)))} Answer with: paddock runbook answer {run.Id} {run.Steps[step].Id} yes --reason WHY", AlertSeverity.Page, now);

    public static Notification Failed(Run run, DateTimeOffset now) =>
        Of(run, "runbook.failed", $"Runbook {run.Runbook.Name} did not work and was taken back; somebody has to act. {ChatText.Of(run.Reason ?? "", LongestReason)}", AlertSeverity.Page, now);

    /// <summary>Its run goes on trying; until then the steps before it stand, too.</summary>
    public static Notification Stuck(Run run, int step, string fault, DateTimeOffset now) =>
        Of(run, "runbook.failed", $"Runbook {run.Runbook.Name} cannot take back its step {run.Steps[step].Id}, and goes on trying; somebody has to act. {ChatText.Of(fault, LongestReason)}", AlertSeverity.Page, now);

    /// <summary>A step's own words may end as a sentence does.</summary>
    private static string Ended(string text) => text is [.., '.' or '?' or '!'] ? text : text + ".";

    private static StepOrder OrderOf(Run run, int step) =>
        StepOrders.Of(run.Runbook.Steps[step], run.Parameters.ToDictionary(static one => one.Key, static one => ChatText.Of(one.Value, StartRun.LongestParameter), StringComparer.Ordinal));

    private static Notification Of(Run run, string name, string text, AlertSeverity severity, DateTimeOffset now) => new()
    {
        Event = name,
        At = now,
        Text = text,
        Severity = severity,
        Facts = [new("run", run.Id), new("runbook", run.Runbook.Name), new("incident", run.Incident ?? "")],
    };
}
