using System.Collections.Concurrent;

namespace Paddock.Core.Models;

/// <summary>
/// The price file that is part of Paddock: effective-dated, retired models kept, so that any call can be priced as of its own time.
/// A provider is found by its document's <c>priceProvider</c>, else by its address, else by its name.
/// </summary>
public sealed class PriceBook : IPriceBook
{
    private const int MostRemembered = 10_000;

    private readonly PriceFile file;
    private readonly ConcurrentDictionary<(string Provider, string Model), PriceFileModel?> found = new();

    private PriceBook(PriceFile file) => this.file = file;

    /// <summary>The file of this version of Paddock, parsed at first use.</summary>
    public static PriceBook Embedded { get; } = new(PriceFile.ReadEmbedded());

    public string Version => file.Version;

    /// <summary>Ids a <c>Provider</c> document may name as its <c>priceProvider</c>.</summary>
    public IReadOnlyCollection<string>? Providers => file.ProviderIds;

    public PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens)
    {
        if (ProviderOf(provider) is not { } priced || ModelOf(priced, model) is not { } known || known.RowAt(at) is not { } row)
        {
            return null;
        }

        var name = $"{priced.Id}/{known.Id}@{(row.From is { } from ? from.ToString("yyyy-MM-dd") : "base")}";
        return row.Free ? new(PriceSource.Free, name, row.PriceFor(inputTokens)) : new(PriceSource.File, name, row.PriceFor(inputTokens));
    }

    public IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at)
    {
        if (ProviderOf(provider) is not { } priced)
        {
            return [];
        }

        return [.. priced.Models.Where(model => !model.Retired && model.RowAt(at) is not null).Select(model => new PricedModel(model.Id, model.Name, model.Context, model.RowAt(at)!.PriceFor(0)))]; // asked just before
    }

    private PriceFileProvider? ProviderOf(Provider provider) =>
        (provider.PriceProvider is { } named ? file.ById(named) : null) ?? file.ByAddress(provider.BaseUrl) ?? file.ById(provider.Name);

    private PriceFileModel? ModelOf(PriceFileProvider provider, string model)
    {
        if (found.TryGetValue((provider.Id, model), out var known))
        {
            return known;
        }

        known = provider.Find(model) ?? provider.Fallback.Select(id => file.ById(id)?.Find(model)).FirstOrDefault(other => other is not null);
        if (found.Count < MostRemembered)
        {
            found[(provider.Id, model)] = known; // names come from callers, so what is remembered has an end
        }

        return known;
    }
}
