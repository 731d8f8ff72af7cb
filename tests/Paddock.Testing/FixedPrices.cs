using Paddock.Core.Models;

namespace Paddock.Testing;

/// <summary>A price book with one price for every model but those it is told not to know.</summary>
public sealed class FixedPrices(Price price) : IPriceBook
{
    public ISet<string> Unknown { get; } = new HashSet<string>();

    public string Version => "test";

    public PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens) =>
        Unknown.Contains(model) ? null : new(PriceSource.File, $"{provider.Name}/{model}@test", price);

    public IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at) => [new("priced-model", "Priced Model", 100_000, price)];
}
