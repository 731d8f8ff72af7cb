using System.Collections.Immutable;

namespace Paddock.Core.Releases;

/// <summary>What became of a set of files.</summary>
public abstract record LoadOutcome
{
    private LoadOutcome()
    {
    }

    public sealed record Loaded(ReleaseContent Content) : LoadOutcome;

    /// <param name="Faults">All of them, in the order of files and lines; at least one.</param>
    public sealed record Rejected(ImmutableArray<ReleaseFault> Faults) : LoadOutcome;
}
