using System.Collections.Immutable;

namespace Paddock.Core.Policies;

/// <summary>Where a policy holds, and how firmly.</summary>
public sealed record PolicyBinding
{
    public required string Name { get; init; }

    public required string Policy { get; init; }

    public BindingScope Scope { get; init; } = BindingScope.Everywhere;

    public required Enforcement Enforcement { get; init; }

    /// <summary>Whether an allow that is bound to a narrower scope wins over this policy's refusals there.</summary>
    public bool Overridable { get; init; }

    /// <summary>Whether its rules only refuse and ask: they allow nothing, and what no other rule speaks of goes by the defaults. No document says this; it is so of what a mitigation makes firmer.</summary>
    public bool OnlyTightens { get; init; }

    public string File { get; init; } = "";

    public int Line { get; init; }
}

/// <summary>Whose calls a binding is about. Every list means "any of"; an empty one means everybody.</summary>
public sealed record BindingScope
{
    public static readonly BindingScope Everywhere = new();

    /// <summary>Patterns of repositories.</summary>
    public ImmutableArray<string> Repositories { get; init; } = [];

    /// <summary>Environments that keys are labelled with.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Principals { get; init; } = [];

    public ImmutableArray<string> Agents { get; init; } = [];

    /// <summary>Teams whose members it is not about. No <c>PolicyBinding</c> says this; of team profiles only one holds for a person.</summary>
    public ImmutableArray<string> NotTeams { get; init; } = [];

    /// <summary>Principals whom it is not about, likewise.</summary>
    public ImmutableArray<string> NotPrincipals { get; init; } = [];
}
