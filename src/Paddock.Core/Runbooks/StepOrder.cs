using Paddock.Core.Alerts;
using Paddock.Core.Mitigations;

namespace Paddock.Core.Runbooks;

/// <summary>What a step is to do in one run: its action with the run's parameters.</summary>
public abstract record StepOrder
{
    private StepOrder()
    {
    }

    public sealed record Mitigate(Measure Measure) : StepOrder;

    /// <summary>All that is named must be true of what is stopped; at least one is named.</summary>
    /// <param name="User">A principal, by name or id.</param>
    public sealed record Stop(string? User, string? Agent, string? Task, string? Model, string? Provider, string? Tool) : StepOrder;

    public sealed record ListChanges(TimeSpan Window) : StepOrder;

    public sealed record Notify(string Text, AlertSeverity Severity) : StepOrder;

    public sealed record Tell(string Text) : StepOrder;

    public sealed record Ask(string Question, TimeSpan Within) : StepOrder;

    /// <summary>Nothing is done.</summary>
    public sealed record Look : StepOrder;
}
