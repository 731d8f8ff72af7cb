using System.Collections.Immutable;

namespace Paddock.Core.Models;

/// <summary>A model name that agents may use, as its <c>Model</c> document says: alias, allow-list and price override.</summary>
public sealed record Model
{
    /// <summary>The name agents ask for; exact.</summary>
    public required string Name { get; init; }

    /// <summary>Exactly one of <see cref="Provider"/> and <see cref="Route"/> is set.</summary>
    public string? Provider { get; init; }

    public string? Route { get; init; }

    /// <summary>The name sent upstream; null = <see cref="Name"/>. A route target's own model wins.</summary>
    public string? UpstreamModel { get; init; }

    /// <summary>Teams that may use it; with <see cref="AllowUsers"/> empty too, everybody may.</summary>
    public ImmutableArray<string> AllowTeams { get; init; } = [];

    public ImmutableArray<string> AllowUsers { get; init; } = [];

    /// <summary>Overrides the price file.</summary>
    public Price? Price { get; init; }

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    /// <summary>Tokens; null = what the price file knows.</summary>
    public int? ContextWindow { get; init; }

    public int? MaxOutputTokens { get; init; }

    /// <summary>It takes images.</summary>
    public bool SeesImages { get; init; }

    public ModelReasoning Reasoning { get; init; }
}

/// <summary>Whether a model's provider takes a <c>reasoning</c> object in chat completions, as OpenRouter does. Clients that are told of none do not send it.</summary>
public enum ModelReasoning
{
    None,
    /// <summary>When it is asked to.</summary>
    Optional,
    /// <summary>It cannot be switched off.</summary>
    Always,
}
