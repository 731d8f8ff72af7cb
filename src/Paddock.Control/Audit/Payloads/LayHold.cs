using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <summary>What to hold: one of a task, a principal, a class, or everything.</summary>
public sealed record HoldInput
{
    public bool Everything { get; init; }

    /// <summary>Paddock's id of the task.</summary>
    public string? Task { get; init; }

    /// <summary>Name or id.</summary>
    public string? Principal { get; init; }

    public string? Class { get; init; }

    /// <summary>One line of up to 500 characters; kept with the hold.</summary>
    public required string Reason { get; init; }
}

/// <summary>Lays a legal hold: while it stands, nothing under it is erased, whoever asks.</summary>
public sealed class LayHold(IPayloads payloads, IIdentities identities)
{
    public async Task<Outcome<HoldView>> RunAsync(Actor actor, HoldInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Retention))
        {
            return new Outcome<HoldView>.Forbidden(ControlRoles.Retention);
        }

        if (!PayloadWords.IsReason(input.Reason))
        {
            return new Outcome<HoldView>.Invalid("reason", PayloadWords.ReasonRule);
        }

        if (PayloadWords.Fault<HoldView>(identities.Current, input.Task, input.Principal, input.Class, out var principal) is { } fault)
        {
            return fault;
        }

        return (input.Everything, input.Task, principal, input.Class) switch
        {
            (true, null, null, null) => await HoldAsync(HoldScope.Everything),
            (false, { } task, null, null) => await HoldAsync(HoldScope.OfTask(task)),
            (false, null, { } who, null) => await HoldAsync(HoldScope.OfPrincipal(who)),
            (false, null, null, { } cls) => await HoldAsync(HoldScope.OfClass(cls)),
            _ => new Outcome<HoldView>.Invalid("task", "A hold is on one thing: a task, a principal, a class, or everything."),
        };

        async Task<Outcome<HoldView>> HoldAsync(HoldScope scope) => new Outcome<HoldView>.Done(HoldView.Of(await payloads.HoldAsync(scope, actor.Audited, input.Reason, cancellationToken)));
    }
}

/// <param name="Reason">One line of up to 500 characters; kept with the hold.</param>
public sealed record EndHoldInput(string Reason);

/// <summary>Ends a legal hold. What it kept from its retention goes with the next look at it.</summary>
public sealed class EndHold(IPayloads payloads)
{
    public async Task<Outcome<HoldView>> RunAsync(Actor actor, string id, EndHoldInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Retention))
        {
            return new Outcome<HoldView>.Forbidden(ControlRoles.Retention);
        }

        if (!PayloadWords.IsReason(input.Reason))
        {
            return new Outcome<HoldView>.Invalid("reason", PayloadWords.ReasonRule);
        }

        return HoldId.TryParse(id, out var hold) && await payloads.EndHoldAsync(hold, actor.Audited, input.Reason, cancellationToken) is { } ended
            ? new Outcome<HoldView>.Done(HoldView.Of(ended))
            : new Outcome<HoldView>.NotFound("No such legal hold stands.");
    }
}

/// <summary>Lists legal holds, also those that have ended.</summary>
public sealed class ListHolds(IPayloads payloads)
{
    public async Task<Outcome<HoldList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Retention)
        ? new Outcome<HoldList>.Done(new([.. (await payloads.ListHoldsAsync(cancellationToken)).Select(HoldView.Of)]))
        : new Outcome<HoldList>.Forbidden(ControlRoles.Retention);
}
