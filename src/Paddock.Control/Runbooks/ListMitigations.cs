using Paddock.Core.Identity;
using Paddock.Core.Mitigations;

namespace Paddock.Control.Runbooks;

/// <summary>Lists what is served otherwise than the release says.</summary>
public sealed class ListMitigations(IMitigationStore mitigations, TimeProvider time)
{
    public async Task<Outcome<MitigationList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<MitigationList>.Done(new([.. (await mitigations.StandingAsync(cancellationToken)).At(time.GetUtcNow()).All.Select(MitigationView.Of)]))
        : new Outcome<MitigationList>.Forbidden(ControlRoles.Viewer);
}

/// <summary>Ends one before its time; the run that made it sees that it does not stand.</summary>
public sealed class EndMitigation(IMitigationStore mitigations)
{
    public async Task<Outcome<MitigationView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken) => actor.May(ControlRoles.Operator)
        ? await mitigations.EndAsync(id, actor.Audited, cancellationToken) is { } ended ? new Outcome<MitigationView>.Done(MitigationView.Of(ended)) : new Outcome<MitigationView>.NotFound("There is no such mitigation; paddock runbook mitigations shows those in force.")
        : new Outcome<MitigationView>.Forbidden(ControlRoles.Operator);
}
