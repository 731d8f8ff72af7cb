using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Approves a postmortem; nobody approves what they have written themselves.</summary>
public sealed class ApprovePostmortem(IncidentBook book)
{
    public async Task<Outcome<IncidentView>> RunAsync(Actor actor, string id, CancellationToken cancellationToken) => actor.May(ControlRoles.Operator)
        ? await book.ApplyAsync(id, new IncidentCommand.ApprovePostmortem(), actor.Audited, actor, cancellationToken)
        : new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
}
