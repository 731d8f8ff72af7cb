using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Core.Agents;

/// <summary>Remembers which clients there are, and when each was last given settings. Of one credential the 16 newest are kept, and none that was not seen for 90 days.</summary>
public interface IClients
{
    /// <summary>Notes that a client was seen; cheap, does no I/O, written in the background within a minute.</summary>
    void Note(in ClientSighting seen);

    /// <summary>
    /// A client is given settings. Written before the task completes, so that other processes know of it; when the database does not take it
    /// in time it is noted here, and written in the background, tried every few seconds. Throws nothing but cancellation.
    /// </summary>
    /// <param name="settingsVersion">Of the settings it is given.</param>
    Task RefreshedAsync(ClientSighting seen, long settingsVersion, CancellationToken cancellationToken);

    /// <summary>A client asked for settings and could not be given any, which is our fault and not its own: for an hour nobody is known to be late.</summary>
    void NotServed();

    /// <summary>
    /// When a client was last given settings. Answered from memory when that was not before <paramref name="since"/>; otherwise the database is
    /// asked, as another process may have served one: at most every ten seconds for each client, and for at most two seconds.
    /// For an hour after the database was away nobody is known to be late: a client that got an error from us asks again only after a pause as
    /// long as the outage, up to an hour.
    /// </summary>
    ValueTask<ClientRefresh> RefreshOfAsync(KeyId credential, string agent, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Reads clients, those seen last first; what was noted a moment ago in this process is in it.</summary>
    Task<ImmutableArray<AgentClient>> ListAsync(ClientQuery query, CancellationToken cancellationToken);
}
