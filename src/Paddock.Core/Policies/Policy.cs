using System.Collections.Immutable;

namespace Paddock.Core.Policies;

/// <summary>Rules that belong together. Where they hold, and how firmly, is said by their bindings.</summary>
public sealed record Policy
{
    public required string Name { get; init; }

    public required ImmutableArray<PolicyRule> Rules { get; init; }

    /// <summary>The file it stands in, and the line of its name.</summary>
    public string File { get; init; } = "";

    public int Line { get; init; }
}
