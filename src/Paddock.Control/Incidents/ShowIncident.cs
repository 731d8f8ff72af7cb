using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Shows an incident with its timeline, its postmortem, and what is missing to close it: to those who read everything, and to whoever owns it.</summary>
public sealed class ShowIncident(IIncidents incidents, IncidentBook book, IIdentities identities)
{
    public async Task<Outcome<IncidentDetails>> RunAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var found = await incidents.FindAsync(id, cancellationToken);
        if (!actor.May(ControlRoles.Viewer) && found?.Owner != actor.Id)
        {
            return new Outcome<IncidentDetails>.Forbidden(ControlRoles.Viewer);
        }

        if (found is null)
        {
            return new Outcome<IncidentDetails>.NotFound(IncidentBook.Missing);
        }

        var (timeline, directory) = (await incidents.TimelineAsync(id, cancellationToken), identities.Current);
        var missing = found.Status is IncidentStatus.Closed ? [] : ClosingRules.Missing(found with { Status = IncidentStatus.Resolved }, actor.Id);
        return new Outcome<IncidentDetails>.Done(new(
            book.ViewOf(found), [.. timeline.Select(one => IncidentEntryView.Of(one, directory))], PostmortemView.Of(found.Postmortem ?? PostmortemTemplate.Of(found, timeline), directory),
            [.. missing.Select(static one => one.Message)]));
    }
}
