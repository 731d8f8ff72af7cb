using System.Net.Http.Headers;
using Paddock.Core.Approvals;
using Paddock.Core.Notifications;
using Paddock.Settings;

namespace Paddock.Notifications;

/// <summary>
/// One Alertmanager. It is told of what is open again and again, as it wants it: an alert of which it hears no more is over after a few
/// minutes, so that nothing stays open there when Paddock is gone. Of an end it is told as well.
/// </summary>
internal sealed class Alertmanager(Uri address, AlertmanagerSettings settings, ApprovalLinks links, TimeProvider time) : IDisposable
{
    /// <summary>Told again so often; over without being told after several of these.</summary>
    private static readonly TimeSpan again = TimeSpan.FromMinutes(1), lasts = TimeSpan.FromMinutes(5);

    private readonly HttpClient http = GuardedSocket.Client(HttpTry.Patience, settings.CaFile);
    private readonly Uri endpoint = new(address.AbsoluteUri.TrimEnd('/') + "/api/v2/alerts");
    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);
    private DateTimeOffset told = DateTimeOffset.MinValue;

    public string Host => address.Host;

    /// <summary>Tells it what is open now, if that is another than before or a minute has passed. What was not taken is told with the next call.</summary>
    /// <param name="open">With the owner of each one's rule.</param>
    /// <returns>Null when there was nothing to tell.</returns>
    public async Task<DeliveryOutcome?> SendAsync(IReadOnlyCollection<(NotifiedAlert Alert, string? Owner)> open, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changed = Note(open, now);
        if (known.Count == 0 || (!changed && now - told < again))
        {
            return null;
        }

        var link = links.Console is { } console ? $"{console.AbsoluteUri.TrimEnd('/')}/alerts" : null;
        using var request = HttpTry.Json(endpoint, AlertmanagerBody.Of(known.Values.Select(one => new AlertmanagerAlert(one.Alert, one.Owner, one.EndedAt ?? now + lasts)), link));
        request.Headers.Authorization = settings.Token is { } token ? new AuthenticationHeaderValue("Bearer", token.Reveal()) : null;
        var outcome = await HttpTry.SendAsync(http, request, cancellationToken);
        if (outcome is DeliveryOutcome.Delivered)
        {
            told = now;
            foreach (var key in known.Where(static one => one.Value.EndedAt is not null).Select(static one => one.Key).ToList())
            {
                known.Remove(key);
            }
        }
        else
        {
            told = DateTimeOffset.MinValue;
        }

        return outcome;
    }

    /// <summary>Another process looks, and tells.</summary>
    public void Forget() => known.Clear();

    public void Dispose() => http.Dispose();

    /// <returns>Whether something began or ended.</returns>
    private bool Note(IReadOnlyCollection<(NotifiedAlert Alert, string? Owner)> open, DateTimeOffset now)
    {
        var changed = false;
        var keys = open.Select(static one => one.Alert.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, one) in known.Where(one => one.Value.EndedAt is null && !keys.Contains(one.Key)).ToList())
        {
            known[key] = one with { EndedAt = now };
            changed = true;
        }

        foreach (var (alert, owner) in open)
        {
            changed |= !known.TryGetValue(alert.Key, out var before) || before.EndedAt is not null;
            known[alert.Key] = new(alert, owner, EndedAt: null);
        }

        return changed;
    }

    private sealed record Known(NotifiedAlert Alert, string? Owner, DateTimeOffset? EndedAt);
}
