using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <param name="User">A person, by name or id.</param>
/// <param name="ForSeconds">From now on; null = until somebody else is.</param>
public sealed record OnCallInput(string User, long? ForSeconds = null);

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
