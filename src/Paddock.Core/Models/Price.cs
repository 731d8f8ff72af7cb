namespace Paddock.Core.Models;

/// <summary>Where a price comes from. A row whose price is <see cref="Fallback"/> or <see cref="Unknown"/> says so for ever.</summary>
public enum PriceSource
{
    /// <summary>A row of the price file.</summary>
    File,
    /// <summary>A <c>Model</c> document.</summary>
    Document,
    /// <summary>The file does not know the model; the release's fallback tariff was charged.</summary>
    Fallback,
    /// <summary>The file does not know the model and the release has no fallback tariff: nothing was charged, and the row says unpriced.</summary>
    Unknown,
    /// <summary>The release or the file says the model costs nothing.</summary>
    Free,
}

/// <summary>Prices in USD per million tokens. A null kind is charged as input (cache reads and writes) or refused (output).</summary>
public sealed record Price
{
    public required decimal InputPerMtok { get; init; }

    public required decimal OutputPerMtok { get; init; }

    public decimal? CacheReadPerMtok { get; init; }

    public decimal? CacheWrite5mPerMtok { get; init; }

    public decimal? CacheWrite1hPerMtok { get; init; }

    /// <summary>Cost in nano-USD, rounded half-even once for the whole row. 1 USD per Mtok is 1,000 nano-USD per token.</summary>
    public long Cost(in TokenUsage usage)
    {
        var write = CacheWrite5mPerMtok ?? InputPerMtok;
        var usd = (usage.Input * InputPerMtok)
            + (usage.CacheRead * (CacheReadPerMtok ?? InputPerMtok))
            + (usage.CacheWrite5m * write)
            + (usage.CacheWrite1h * (CacheWrite1hPerMtok ?? write))
            + (usage.Output * OutputPerMtok);
        return (long)decimal.Round(usd * 1000m, 0, MidpointRounding.ToEven);
    }
}

/// <summary>A price as it was found for one call.</summary>
/// <param name="Row">Stable id of the row, such as <c>anthropic/claude-opus-4-5@2025-11-24</c>, <c>document/NAME</c>, <c>fallback</c>.</param>
public sealed record PricedBy(PriceSource Source, string Row, Price Price)
{
    public static readonly PricedBy Unpriced = new(PriceSource.Unknown, "unknown", new Price { InputPerMtok = 0, OutputPerMtok = 0 });
}

/// <summary>The effective-dated price file.</summary>
public interface IPriceBook
{
    /// <summary>Version of the file, for the ledger and <c>paddock version</c>.</summary>
    string Version { get; }

    /// <summary>The price of a model at a moment; null when the file does not know it.</summary>
    /// <param name="provider">The provider that answered.</param>
    /// <param name="model">The name sent upstream.</param>
    /// <param name="at">When the call was opened.</param>
    /// <param name="inputTokens">All input tokens, for context bands.</param>
    PricedBy? Find(Provider provider, string model, DateTimeOffset at, long inputTokens);

    /// <summary>The models the file knows for a provider, for model lists when nothing better is known.</summary>
    IReadOnlyList<PricedModel> ModelsOf(Provider provider, DateTimeOffset at);
}

/// <param name="Id">Name as the provider's API takes it.</param>
public sealed record PricedModel(string Id, string DisplayName, int? ContextWindow, Price Price);
