using Paddock.Core.Alerts;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>What people are told of runs.</summary>
internal static class RunNotices
{
    /// <summary>A step's own words.</summary>
    public static Notification Said(Run run, StepOrder.Notify order, DateTimeOffset now) => Of(run, "runbook.said", order.Text, order.Severity, now);

    public static Notification Asked(Run run, int step, string what, DateTimeOffset now) =>
        Of(run, "runbook.waiting", $"Runbook {run.Runbook.Name} waits for a yes to its step {run.Steps[step].Id}: {what}. Answer with: paddock runbook answer {run.Id} {run.Steps[step].Id} yes --reason WHY", AlertSeverity.Page, now);

    public static Notification Failed(Run run, DateTimeOffset now) =>
        Of(run, "runbook.failed", $"Runbook {run.Runbook.Name} did not work and was taken back; somebody has to act. {run.Reason}", AlertSeverity.Page, now);

    private static Notification Of(Run run, string name, string text, AlertSeverity severity, DateTimeOffset now) => new()
    {
        Event = name,
        At = now,
        Text = text,
        Severity = severity,
        Facts = [new("run", run.Id), new("runbook", run.Runbook.Name), new("incident", run.Incident ?? "")],
    };
}
