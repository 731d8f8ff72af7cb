using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Lists incidents.</summary>
public sealed class ListIncidents(IIncidents incidents, IncidentBook book)
{
    public async Task<Outcome<IncidentList>> RunAsync(Actor actor, IncidentQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<IncidentList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1_000)
        {
            return new Outcome<IncidentList>.Invalid("limit", "A page has 1 to 1,000 incidents.");
        }

        var found = await incidents.ListAsync(query, cancellationToken);
        return new Outcome<IncidentList>.Done(new([.. found.Select(book.ViewOf)], found.Length == query.Limit ? found[^1].Id : null));
    }
}
