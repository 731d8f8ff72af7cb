using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Says whom incidents are given to when nothing else says it.</summary>
public sealed class SetOnCall(IncidentBook book, IIncidents incidents, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<OnCallView>> RunAsync(Actor actor, OnCallInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<OnCallView>.Forbidden(ControlRoles.Operator);
        }

        if (book.PersonOf(input.User) is not { } person)
        {
            return new Outcome<OnCallView>.Invalid("user", "There is no person of this name who is not disabled.");
        }

        if (input.ForSeconds is { } seconds && !IncidentTexts.IsEta(seconds))
        {
            return new Outcome<OnCallView>.Invalid("forSeconds", "Somebody is on call for up to 30 days, or until somebody else is.");
        }

        var now = time.GetUtcNow();
        var one = new OnCall(person.Id.Value, now, input.ForSeconds is { } length ? now.AddSeconds(length) : null);
        await incidents.SetOnCallAsync(one, actor.Audited, cancellationToken);
        return new Outcome<OnCallView>.Done(OnCallView.Of(one, identities.Current));
    }
}

/// <summary>Shows who is called.</summary>
public sealed class ShowOnCall(IIncidents incidents, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<OnCallView>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<OnCallView>.Done(OnCallView.Of(await incidents.OnCallAsync(time.GetUtcNow(), cancellationToken), identities.Current))
        : new Outcome<OnCallView>.Forbidden(ControlRoles.Viewer);
}
