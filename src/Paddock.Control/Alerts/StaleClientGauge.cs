using System.Collections.Immutable;
using Paddock.Core.Agents;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Modes;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Alerts;

/// <summary>Counts clients that go on under settings that are too old. Counted once a minute: it reads every client of the last hour.</summary>
internal sealed class StaleClientGauge(IClients clients, IIdentities identities, ISnapshots snapshots, TimeProvider time) : IGauges
{
    private const int AtOnce = 1_000;

    /// <summary>Who was not seen for so long may be away for good: a closed laptop that was stale before.</summary>
    private static readonly TimeSpan seen = TimeSpan.FromHours(1);

    private static readonly TimeSpan kept = TimeSpan.FromMinutes(1);

    private (DateTimeOffset At, GaugeValue Value)? last;

    public ImmutableArray<Gauge> Has => [Gauge.StaleClients];

    public async ValueTask<ImmutableArray<GaugeValue>> ReadAsync(Gauge gauge, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (last is not { } known || now - known.At >= kept)
        {
            last = known = (now, new("", await CountAsync(now, cancellationToken)));
        }

        return [known.Value];
    }

    private async Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (count, query) = (0, new ClientQuery { Limit = AtOnce });
        while (true)
        {
            var rows = await clients.ListAsync(query, cancellationToken);
            count += rows.Count(row => now - row.LastSeenAt < seen && IsStale(row, now));
            if (rows.Length < AtOnce || now - rows[^1].LastSeenAt >= seen)
            {
                return count;
            }

            query = query with { After = ClientPlace.Of(rows[^1]) };
        }
    }

    private bool IsStale(AgentClient client, DateTimeOffset now) =>
        identities.Current.Find(client.Credential) is { } caller && caller.IsLive(now)
        && client.StandingAt(now, (snapshots.Current.Profiles.Of(caller.Principal)?.Client ?? ProfileClient.Usual).RefreshWithin) is ClientStanding.Stale;
}
