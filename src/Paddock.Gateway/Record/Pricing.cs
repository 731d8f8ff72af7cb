using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;

namespace Paddock.Gateway.Record;

/// <summary>Finds the price of a call: the <c>Model</c> document's, else the price file's, else the release's fallback tariff. Never nothing.</summary>
internal sealed class Pricing(IPriceBook prices)
{
    public PricedBy Find(GovernanceSnapshot snapshot, Model? document, UpstreamTarget target, DateTimeOffset at, long inputTokens)
    {
        if (document?.Price is { } own)
        {
            return new(PriceSource.Document, "document/" + document.Name, own);
        }

        return prices.Find(target.Provider, target.Model, at, inputTokens)
            ?? new(PriceSource.Fallback, "fallback", snapshot.Defaults.FallbackPrice);
    }

    /// <summary>Whether a price other than the fallback tariff is known.</summary>
    public bool Knows(Model? document, UpstreamTarget target, DateTimeOffset at) =>
        document?.Price is not null || prices.Find(target.Provider, target.Model, at, 0) is not null;
}
