using System.Collections.Concurrent;

namespace Paddock.Core.Models;

/// <summary>What the price file says of one provider's models, each found once and remembered.</summary>
/// <param name="Provider">Null when the file does not know the provider.</param>
internal sealed record ProviderPrices(PriceFile File, PriceFileProvider? Provider)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, PriceFileModel?> models = new(StringComparer.Ordinal);

    // A price belongs to one row, so the object itself is the key.
    private readonly ConcurrentDictionary<Price, PricedBy> named = new(ReferenceEqualityComparer.Instance);

    public PricedBy? Find(string model, DateTimeOffset at, long inputTokens)
    {
        if (Provider is null || ModelOf(Provider, model) is not { } known || known.RowAt(at) is not { } row)
        {
            return null;
        }

        return named.GetOrAdd(row.PriceFor(inputTokens), static (price, of) => Name(price, of.Provider, of.known, of.row), (Provider, known, row));
    }

    private static PricedBy Name(Price price, PriceFileProvider provider, PriceFileModel model, PriceFileRow row) =>
        new(row.Free ? PriceSource.Free : PriceSource.File, $"{provider.Id}/{model.Id}@{(row.From is { } from ? from.ToString("yyyy-MM-dd") : "base")}", price);

    private PriceFileModel? ModelOf(PriceFileProvider provider, string model)
    {
        if (models.TryGetValue(model, out var known))
        {
            return known;
        }

        known = provider.Find(model) ?? provider.Fallback.Select(id => File.ById(id)?.Find(model)).FirstOrDefault(other => other is not null);
        if (models.Count < MostRemembered)
        {
            models[model] = known; // names come from callers, so what is remembered has an end
        }

        return known;
    }
}
