using Paddock.Core.Containments;
using Paddock.Core.Identity;

namespace Paddock.Control.Containments;

/// <param name="Containments">Newest first.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record ContainmentList(IReadOnlyList<ContainmentView> Containments, string? Next);

/// <summary>Lists containments, those that ended too, a page at a time.</summary>
public sealed class ListContainments(IContainmentStore store, IIdentities identities, TimeProvider time)
{
    public async Task<Outcome<ContainmentList>> RunAsync(Actor actor, ContainmentQuery query, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ContainmentList>.Forbidden(ControlRoles.Viewer);
        }

        if (query.Limit is < 1 or > 200)
        {
            return new Outcome<ContainmentList>.Invalid("limit", "A page has 1 to 200 containments.");
        }

        var found = await store.ListAsync(query, cancellationToken);
        var (directory, now) = (identities.Current, time.GetUtcNow());
        return new Outcome<ContainmentList>.Done(new([.. found.Select(one => ContainmentView.Of(one, directory, now))], found.Length == query.Limit ? found[^1].Id.Value : null));
    }
}
