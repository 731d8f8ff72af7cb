using System.Collections.Immutable;
using Paddock.Core.Agents;
using Paddock.Core.Identity;

namespace Paddock.Testing;

/// <summary>Clients in memory.</summary>
public sealed class MemoryClients : IClients
{
    private readonly Lock gate = new();
    private readonly Dictionary<(KeyId, string), AgentClient> clients = [];
    private readonly List<ClientSighting> seen = [];

    /// <summary>When set, nobody can tell of a refresh that is not recent, as when the database is away.</summary>
    public bool Away { get; set; }

    /// <summary>How often somebody wanted to know of a refresh.</summary>
    public int Asked { get; private set; }

    /// <summary>How often somebody could not be given settings.</summary>
    public int Unserved { get; private set; }

    public ImmutableArray<ClientSighting> Seen
    {
        get
        {
            lock (gate)
            {
                return [.. seen];
            }
        }
    }

    public AgentClient? Find(KeyId credential, string agent)
    {
        lock (gate)
        {
            return clients.GetValueOrDefault((credential, agent));
        }
    }

    /// <summary>Puts a client there as it is.</summary>
    public void Put(AgentClient client)
    {
        lock (gate)
        {
            clients[(client.Credential, client.Agent)] = client;
        }
    }

    public void Note(in ClientSighting seen)
    {
        lock (gate)
        {
            this.seen.Add(seen);
            var before = clients.GetValueOrDefault((seen.Credential, seen.Agent));
            clients[(seen.Credential, seen.Agent)] = new()
            {
                Credential = seen.Credential,
                Principal = before?.Principal ?? PrincipalId.Create(PrincipalKind.User, Guid.Empty),
                Agent = seen.Agent,
                AgentVersion = seen.AgentVersion ?? before?.AgentVersion,
                Device = seen.Device ?? before?.Device,
                FirstSeenAt = before?.FirstSeenAt ?? seen.At,
                LastSeenAt = seen.At,
                RefreshedAt = before?.RefreshedAt,
                SettingsVersion = before?.SettingsVersion,
            };
        }
    }

    public void NotServed() => Unserved++;

    public Task RefreshedAsync(ClientSighting seen, long settingsVersion, CancellationToken cancellationToken)
    {
        Note(seen);
        lock (gate)
        {
            clients[(seen.Credential, seen.Agent)] = clients[(seen.Credential, seen.Agent)] with { RefreshedAt = seen.At, SettingsVersion = settingsVersion };
        }

        return Task.CompletedTask;
    }

    public ValueTask<ClientRefresh> RefreshOfAsync(KeyId credential, string agent, DateTimeOffset since, CancellationToken cancellationToken)
    {
        Asked++;
        return new(new ClientRefresh(!Away, Find(credential, agent)?.RefreshedAt));
    }

    public Task<ImmutableArray<AgentClient>> ListAsync(ClientQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<ImmutableArray<AgentClient>>(
            [
                .. clients.Values.Where(one => (query.Principal is null || one.Principal == query.Principal) && (query.Agent is null || one.Agent == query.Agent))
                    .OrderByDescending(one => one.LastSeenAt).ThenByDescending(one => one.Credential.Value, StringComparer.Ordinal).ThenByDescending(one => one.Agent, StringComparer.Ordinal)
                    .SkipWhile(one => query.After is not null && !IsBehind(one, query.After)).Take(query.Limit),
            ]);
        }
    }

    private static bool IsBehind(AgentClient one, ClientPlace place) =>
        (one.LastSeenAt, string.CompareOrdinal(one.Credential.Value, place.Credential.Value), string.CompareOrdinal(one.Agent, place.Agent)).CompareTo((place.LastSeenAt, 0, 0)) < 0;
}
