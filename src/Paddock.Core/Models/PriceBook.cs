using System.Runtime.CompilerServices;

namespace Paddock.Core.Models;

/// <summary>
/// The price file that is part of Paddock: effective-dated, retired models kept, so that any call can be priced as of its own time.
/// A provider is found by its document's <c>priceProvider</c>, else by its address, else by its name.
/// </summary>
public sealed class PriceBook : IPriceBook
{
    private readonly PriceFile file;
    private readonly ConditionalWeakTable<Provider, ProviderPrices> known = [];

    private PriceBook(PriceFile file) => this.file = file;

    /// <summary>The file of this version of Paddock, parsed at first use.</summary>
    public static PriceBook Embedded { get; } = new(PriceFile.ReadEmbedded());

    public string Version => file.Version;

    /// <summary>Ids a <c>Provider</c> document may name as its <c>priceProvider</c>.</summary>
    public IReadOnlyCollection<string>? Providers => file.ProviderIds;

    public PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens) => PricesOf(provider).Find(model, at, inputTokens);

    public IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at)
    {
        if (PricesOf(provider).Provider is not { } priced)
        {
            return [];
        }

        return [.. priced.Models.Where(model => !model.Retired && model.RowAt(at) is not null).Select(model => new PricedModel(model.Id, model.Name, model.Context, model.RowAt(at)!.PriceFor(0)))]; // asked just before
    }

    private PriceFileProvider? ProviderOf(Provider provider) =>
        (provider.PriceProvider is { } named ? file.ById(named) : null) ?? file.ByAddress(provider.BaseUrl) ?? file.ById(provider.Name);

    /// <summary>Looked for once: a provider is a part of a document, and stays the same object while that is in force.</summary>
    private ProviderPrices PricesOf(Provider provider) => known.GetValue(provider, one => new(file, ProviderOf(one)));
}
