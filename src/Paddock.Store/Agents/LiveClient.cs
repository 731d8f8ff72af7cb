using Paddock.Core.Agents;
using Paddock.Core.Identity;

namespace Paddock.Store.Agents;

/// <summary>A client as this process knows it. Noting allocates nothing.</summary>
internal sealed class LiveClient(KeyId credential, string agent)
{
    private readonly Lock gate = new();
    private string? agentVersion, device;
    private DateTimeOffset firstSeenAt = DateTimeOffset.MaxValue, lastSeenAt, calledAt;
    private DateTimeOffset? refreshedAt, loadedAt, failedAt;
    private TimeSpan callsWithin;
    private long? settingsVersion;
    private bool isDirty;

    public KeyId Credential => credential;

    public string Agent => agent;

    public bool HasRefreshed
    {
        get
        {
            lock (gate)
            {
                return refreshedAt is not null;
            }
        }
    }

    public DateTimeOffset LastSeenAt
    {
        get
        {
            lock (gate)
            {
                return lastSeenAt;
            }
        }
    }

    public void Note(in ClientSighting seen)
    {
        lock (gate)
        {
            firstSeenAt = seen.At < firstSeenAt ? seen.At : firstSeenAt;
            (agentVersion, device) = (seen.AgentVersion ?? agentVersion, seen.Device ?? device);
            lastSeenAt = seen.At > lastSeenAt ? seen.At : lastSeenAt;
            if (seen.CallsWithin is { } within && seen.At > calledAt)
            {
                (calledAt, callsWithin) = (seen.At, within);
            }

            isDirty = true;
        }
    }

    public void Refreshed(in ClientSighting seen, long version)
    {
        Note(seen);
        Learn(seen.At, version);
    }

    /// <summary>What the database has; null = it does not know of this client.</summary>
    public void Load(AgentClient? row, DateTimeOffset now)
    {
        lock (gate)
        {
            (loadedAt, failedAt) = (now, null);
        }

        Learn(row?.RefreshedAt, row?.SettingsVersion);
    }

    public void Fail(DateTimeOffset now)
    {
        lock (gate)
        {
            failedAt = now;
        }
    }

    /// <summary>What can be answered without asking the database; null = it has to be asked.</summary>
    /// <param name="since">A refresh at this time or later is all that is wanted.</param>
    /// <param name="isShared">Whether another process may have served a later one.</param>
    /// <param name="pause">How long "it never asked for settings", and a failure, are good for.</param>
    public ClientRefresh? Answer(DateTimeOffset since, DateTimeOffset now, bool isShared, TimeSpan pause)
    {
        lock (gate)
        {
            var isLoaded = loadedAt is not null && (!isShared || (refreshedAt is null && now - loadedAt < pause));
            return refreshedAt >= since || isLoaded ? new(IsKnown: true, refreshedAt)
                : now - failedAt < pause ? new(IsKnown: false, refreshedAt)
                : null;
        }
    }

    /// <summary>What is known now.</summary>
    public ClientRefresh Refresh(bool isKnown)
    {
        lock (gate)
        {
            return new(isKnown, refreshedAt);
        }
    }

    /// <summary>What is to be written; null when nothing is new since the last time.</summary>
    public ClientNews? Take()
    {
        lock (gate)
        {
            if (!isDirty)
            {
                return null;
            }

            var news = new ClientNews(credential, agent, agentVersion, device, firstSeenAt, lastSeenAt, refreshedAt, settingsVersion, calledAt, callsWithin);
            (isDirty, agentVersion, device) = (false, null, null); // said again later, they would outdo what another process heard meanwhile
            return news;
        }
    }

    /// <summary>It could not be written.</summary>
    public void Return(ClientNews news)
    {
        lock (gate)
        {
            (isDirty, agentVersion, device) = (true, agentVersion ?? news.AgentVersion, device ?? news.Device);
        }
    }

    private void Learn(DateTimeOffset? at, long? version)
    {
        lock (gate)
        {
            if (at is not null && (refreshedAt is null || at > refreshedAt))
            {
                (refreshedAt, settingsVersion) = (at, version);
            }
        }
    }
}

/// <summary>What one process has to write of a client.</summary>
/// <param name="CalledAt">Its last call that counts; the earliest time when there was none.</param>
/// <param name="CallsWithin">How long settings were good for it then.</param>
internal sealed record ClientNews(
    KeyId Credential, string Agent, string? AgentVersion, string? Device, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, DateTimeOffset? RefreshedAt, long? SettingsVersion,
    DateTimeOffset CalledAt, TimeSpan CallsWithin);
