using Paddock.Core.Budgets;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Decide;

/// <summary>Judges a call before anything is sent: containments, client, mode, task, model, price, budget. One snapshot from here to the end of the call.</summary>
internal sealed class Decision(ISnapshots snapshots, TargetResolver resolver, IBudgets budgets, Pricing pricing, InFlightCalls inFlight, ContainmentCheck containments)
{
    /// <returns>Null when the call may be sent.</returns>
    public Refusal? Judge(Exchange exchange)
    {
        if (inFlight.IsStopping)
        {
            return Refusals.ShuttingDown();
        }

        if (containments.OfCall(exchange) is { } containment)
        {
            return ContainmentRefusal.Of(containment);
        }

        var caller = exchange.Caller!; // identified before
        var snapshot = exchange.Snapshot = snapshots.For(caller.Principal.Id.Value, exchange.TaskId);
        var limits = snapshot.Profiles.LimitsOf(caller.Principal);
        return (snapshot.Mitigations.All.IsEmpty ? null : MitigationRefusal.Of(snapshot.Mitigations, exchange))
            ?? (limits is null ? null : StaleRefusal.OfClient(limits, exchange) ?? ProfileRefusal.OfMode(limits, exchange.Task.Mode) ?? StaleRefusal.OfTask(limits, exchange))
            ?? FindTargets(exchange, snapshot, caller, limits)
            ?? (exchange.Entrance.CountsTokens || snapshot.Budgets.IsEmpty ? null : HoldBudget(exchange, snapshot, caller, limits));
    }

    /// <returns>Null when there is somewhere to go.</returns>
    private Refusal? FindTargets(Exchange exchange, GovernanceSnapshot snapshot, Caller caller, ProfileLimits? limits)
    {
        var (targets, refusal) = resolver.Resolve(snapshot, exchange.Request.Model, exchange.Wire, caller);
        if (targets is null)
        {
            return refusal;
        }

        if (limits is not null && ProfileRefusal.OfModel(limits, exchange.Request.Model, exchange.Task.Mode) is { } denied)
        {
            return denied;
        }

        exchange.Targets = targets;
        if (containments.StopsCalls && LeaveContained(exchange, targets) is { } stopped)
        {
            return ContainmentRefusal.Of(stopped);
        }

        if (snapshot.Defaults.RefuseUnpriced && !pricing.Knows(targets.Document, exchange.Targets.Targets[0], exchange.ReceivedAt))
        {
            return new(RefusalReason.UnpricedModel, 403, $"The price of '{exchange.Request.Model}' is not known and this release refuses unpriced models.") { Parameter = "model" };
        }

        return null;
    }

    /// <summary>Takes contained providers and models out of the call's route.</summary>
    /// <returns>What stops the last target when none is left.</returns>
    private Containment? LeaveContained(Exchange exchange, ResolvedTargets targets)
    {
        Containment? last = null;
        var left = targets.Targets.RemoveAll(target => containments.OfCall(exchange, target) is { } found && (last = found) is not null);
        exchange.Targets = left.IsEmpty ? targets : targets with { Targets = left };
        return left.IsEmpty ? last : null;
    }

    private Refusal? HoldBudget(Exchange exchange, GovernanceSnapshot snapshot, Caller caller, ProfileLimits? limits)
    {
        var target = exchange.Targets!.Targets[0]; // resolved before
        var price = pricing.Find(snapshot, exchange.Targets.Document, target, exchange.ReceivedAt, exchange.Body!.Length / 4).Price;
        var amount = HoldEstimate.Of(exchange.Body.Length, exchange.Request.MaxOutputTokens, price);
        var subject = BudgetSubject.Of(caller, exchange.TaskId, limits?.Profile);
        switch (budgets.TryHold(snapshot, subject, amount, exchange.ReceivedAt))
        {
            case HoldOutcome.Held held:
                exchange.Hold = held.Hold;
                return null;
            case HoldOutcome.Refused full:
                return BudgetRefusal.Of(full, exchange.ReceivedAt);
            default:
                throw new InvalidOperationException("A hold is held or refused.");
        }
    }
}
