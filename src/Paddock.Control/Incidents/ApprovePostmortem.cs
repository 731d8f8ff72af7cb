using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Approves a postmortem; nobody approves what they have written themselves.</summary>
public sealed class ApprovePostmortem(IncidentBook book)
{
    /// <param name="version">That was read: one that was written meanwhile is not approved unseen. Null = whichever it is now.</param>
    public async Task<Outcome<IncidentView>> RunAsync(Actor actor, string id, int? version, CancellationToken cancellationToken) => actor.May(ControlRoles.Operator)
        ? await book.ApplyAsync(id, new IncidentCommand.ApprovePostmortem(version), actor.Audited, actor, cancellationToken)
        : new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
}
