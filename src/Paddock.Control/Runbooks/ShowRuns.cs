using Paddock.Core.Identity;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Lists and shows runs.</summary>
public sealed class ShowRuns(IRuns runs, IIdentities identities)
{
    internal const string Missing = "There is no such run; paddock runbook runs shows those there are.";

    public async Task<Outcome<RunList>> ListAsync(Actor actor, RunQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<RunList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1_000)
        {
            return new Outcome<RunList>.Invalid("limit", "A page has 1 to 1,000 runs.");
        }

        var found = await runs.ListAsync(query with { Limit = query.Limit + 1 }, cancellationToken);
        var page = found.Take(query.Limit).ToList();
        return new Outcome<RunList>.Done(new([.. page.Select(run => RunView.Of(run, identities.Current))], found.Length > query.Limit ? page[^1].Id : null));
    }

    public async Task<Outcome<RunView>> ShowAsync(Actor actor, string id, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? await runs.FindAsync(id, cancellationToken) is { } run ? new Outcome<RunView>.Done(RunView.Of(run, identities.Current)) : new Outcome<RunView>.NotFound(Missing)
        : new Outcome<RunView>.Forbidden(ControlRoles.Viewer);
}
