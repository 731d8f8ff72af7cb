using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Core.Notifications;
using Paddock.Store.Dialects;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>A feed for each witness, so that none waits for another.</summary>
internal sealed class WitnessFeeds(
    IEnumerable<IWitness> witnesses, IDatabase database, ISignatureVerifier verifier, ILogStatus log, INotifications notifications, TimeProvider time, ILogger<WitnessFeeds> logger) : IWitnessBoard, IAsyncDisposable
{
    private readonly List<WitnessFeed> feeds = [.. witnesses.Select(witness => new WitnessFeed(witness, database, verifier, log, notifications, time, logger))];

    public IReadOnlyList<WitnessStatus> Witnesses => [.. feeds.Select(static feed => feed.Status)];

    public void Start() => feeds.ForEach(static feed => feed.Start());

    public Task StopAsync() => Task.WhenAll(feeds.Select(static feed => feed.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in feeds)
        {
            await feed.DisposeAsync();
        }
    }
}
