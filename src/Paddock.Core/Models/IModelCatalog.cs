using Paddock.Core.Identity;

namespace Paddock.Core.Models;

/// <summary>A model as a list shows it.</summary>
/// <param name="Id">The name agents ask for.</param>
/// <param name="OwnedBy">Provider name.</param>
/// <param name="ContextWindow">Tokens; null when nobody knows.</param>
/// <param name="Price">As it would be charged now; null when nobody knows.</param>
public sealed record CatalogModel(string Id, string DisplayName, string OwnedBy, string? Description, int? ContextWindow, int? MaxOutputTokens, Price? Price)
{
    /// <summary>It takes images; false when nobody knows.</summary>
    public bool SeesImages { get; init; }

    public ModelReasoning Reasoning { get; init; }
}

/// <summary>The models a caller may ask for: the release's <c>Model</c> documents, else what the providers list, else what the price file knows of them.</summary>
public interface IModelCatalog
{
    ValueTask<IReadOnlyList<CatalogModel>> ListAsync(Caller caller, CancellationToken cancellationToken);
}
