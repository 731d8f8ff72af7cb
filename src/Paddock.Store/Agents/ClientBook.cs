using System.Collections.Concurrent;
using Paddock.Core.Identity;

namespace Paddock.Store.Agents;

/// <summary>The clients of late, by credential. Bounded: what an agent calls itself is its own word, so that one credential has so many and no more.</summary>
internal sealed class ClientBook
{
    /// <summary>Clients of one credential.</summary>
    public const int MostOfOne = 16;

    /// <summary>Credentials with any.</summary>
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<KeyId, LiveClient[]> clients = new();
    private readonly Lock gate = new();

    /// <summary>Finds a client, or begins to know it. A client in steady use costs one look-up.</summary>
    public LiveClient Of(KeyId credential, string agent) =>
        clients.TryGetValue(credential, out var those) && Find(those, agent) is { } known ? known : Add(credential, agent);

    public IEnumerable<LiveClient> All() => clients.SelectMany(static one => one.Value);

    /// <summary>Forgets those that were not seen since.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var (credential, those) in clients)
        {
            if (Array.TrueForAll(those, client => client.LastSeenAt < before))
            {
                clients.TryRemove(new(credential, those)); // a newer one stays
            }
        }
    }

    private LiveClient Add(KeyId credential, string agent)
    {
        var made = new LiveClient(credential, agent);
        lock (gate)
        {
            var those = clients.GetValueOrDefault(credential, []);
            if (Find(those, agent) is { } known)
            {
                return known;
            }

            if (those.Length == 0 && clients.Count >= Most)
            {
                return made; // nobody keeps it: it is noted the next time, when others have gone
            }

            clients[credential] = those.Length < MostOfOne ? [.. those, made] : [.. those.OrderByDescending(static one => one.HasRefreshed).ThenByDescending(static one => one.LastSeenAt).Take(MostOfOne - 1), made];
            return made;
        }
    }

    private static LiveClient? Find(LiveClient[] those, string agent)
    {
        foreach (var client in those)
        {
            if (client.Agent == agent)
            {
                return client;
            }
        }

        return null;
    }
}
