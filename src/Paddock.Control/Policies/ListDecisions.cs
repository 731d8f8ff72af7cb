using Paddock.Core.Identity;
using Paddock.Core.Policies.Decisions;

namespace Paddock.Control.Policies;

/// <param name="Decisions">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record DecisionList(IReadOnlyList<DecisionView> Decisions, string? Next);

/// <summary>Lists decisions on tool calls, a page at a time. What was handed in before is seen.</summary>
public sealed class ListDecisions(IDecisions decisions, IIdentities identities)
{
    /// <param name="query">Its principal may be a name.</param>
    public async Task<Outcome<DecisionList>> RunAsync(Actor actor, DecisionQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<DecisionList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 1000)
        {
            return new Outcome<DecisionList>.Invalid("limit", "A page has 1 to 1000 decisions.");
        }

        await decisions.FlushAsync(cancellationToken);
        var directory = identities.Current;
        var principal = query.Principal is { } user ? Identity.FindPrincipal.In(directory, user)?.Id.Value ?? user : null;
        var found = await decisions.ListAsync(query with { Principal = principal }, cancellationToken);
        return new Outcome<DecisionList>.Done(new([.. found.Select(one => DecisionView.Of(one, directory))], found.Length == query.Limit ? found[^1].Id : null));
    }
}
