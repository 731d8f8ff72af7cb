using Paddock.Control.Identity;
using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Agents;

/// <summary>Which clients.</summary>
public sealed record ClientFilter
{
    /// <summary>Name or id; null = everybody's.</summary>
    public string? User { get; init; }

    public string? Agent { get; init; }

    /// <summary>Only stale ones.</summary>
    public bool Stale { get; init; }

    /// <summary>The <see cref="ClientList.Next"/> of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <param name="Clients">Those seen last first; of credentials that live.</param>
/// <param name="Next">Where the next page begins (<c>before</c>); null on the last.</param>
public sealed record ClientList(IReadOnlyList<ClientView> Clients, string? Next);

/// <summary>Lists the clients that were seen: one's own, or a user's, or all, for those who read everything or manage people.</summary>
public sealed class ListClients(IClients clients, IIdentities identities, ISnapshots snapshots, TimeProvider time)
{
    private const int AtOnce = 1000;

    public async Task<Outcome<ClientList>> RunAsync(Actor actor, ClientFilter filter, CancellationToken cancellationToken)
    {
        var found = filter.User is { } user ? FindPrincipal.In(identities.Current, user) : null;
        if ((found is null || found.Id.Value != actor.Id) && !actor.MayAny(ControlRoles.Viewer | ControlRoles.Identity))
        {
            return new Outcome<ClientList>.Forbidden(ControlRoles.Viewer);
        }

        if (filter.User is not null && found is null)
        {
            return new Outcome<ClientList>.NotFound("There is no such user.");
        }

        if (filter.Limit is < 1 or > 1000)
        {
            return new Outcome<ClientList>.Invalid("limit", "A page has 1 to 1000 clients.");
        }

        if (filter.Agent is { } agent && !Names.IsLabel(agent, 200))
        {
            return new Outcome<ClientList>.Invalid("agent", "An agent's name is one line of 1 to 200 characters.");
        }

        ClientPlace? after = null;
        if (filter.Before is { } before && (after = ClientCursor.Read(before)) is null)
        {
            return new Outcome<ClientList>.Invalid("before", "This is no place in the list; it is the 'next' of the page before.");
        }

        return new Outcome<ClientList>.Done(await PageAsync(new() { Principal = found?.Id, Agent = filter.Agent, After = after, Limit = AtOnce }, filter, cancellationToken));
    }

    /// <summary>Reads on until the page is full: how a client stands, and whether its credential lives, the database does not know.</summary>
    private async Task<ClientList> PageAsync(ClientQuery query, ClientFilter filter, CancellationToken cancellationToken)
    {
        var (views, last) = (new List<ClientView>(), query.After);
        while (true)
        {
            var rows = await clients.ListAsync(query, cancellationToken);
            foreach (var row in rows)
            {
                if (ViewOf(row) is not { } view || (filter.Stale && view.Standing != "stale"))
                {
                    continue;
                }

                if (views.Count == filter.Limit)
                {
                    return new(views, ClientCursor.Of(last!)); // the one before this is on the page
                }

                views.Add(view);
                last = ClientPlace.Of(row);
            }

            if (rows.Length < query.Limit)
            {
                return new(views, null);
            }

            query = query with { After = ClientPlace.Of(rows[^1]) };
        }
    }

    /// <returns>Null when its credential is no more.</returns>
    private ClientView? ViewOf(AgentClient client)
    {
        var now = time.GetUtcNow();
        return identities.Current.Find(client.Credential) is { } caller && caller.IsLive(now)
            ? ClientView.Of(client, caller, snapshots.Current.Profiles.Of(caller.Principal)?.Client ?? ProfileClient.Usual, now)
            : null;
    }
}
