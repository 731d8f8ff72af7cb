namespace Paddock.Core.Models;

/// <summary>The price file that is part of Paddock.</summary>
public sealed class PriceBook : IPriceBook
{
    private PriceBook()
    {
    }

    /// <summary>The file of this version of Paddock, parsed at first use.</summary>
    public static PriceBook Embedded { get; } = new();

    public string Version => "none";

    /// <summary>Ids a <c>Provider</c> document may name as its <c>priceProvider</c>.</summary>
    public IReadOnlyCollection<string>? Providers => null;

    public PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens) => null;

    public IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at) => [];
}
