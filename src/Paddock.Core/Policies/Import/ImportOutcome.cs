using System.Collections.Immutable;

namespace Paddock.Core.Policies.Import;

/// <summary>What became of settings that were to be imported.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    /// <param name="Documents">YAML: documents that are taken as a release as they stand.</param>
    /// <param name="Rules">How many rules are in them.</param>
    public sealed record Imported(string Documents, int Rules, ImmutableArray<ImportGap> Gaps) : ImportOutcome;

    /// <param name="Because">In words for people.</param>
    public sealed record Refused(string Because) : ImportOutcome;
}

/// <summary>Something in the settings that the documents do not say, or not in the same way.</summary>
/// <param name="Entry">As the settings have it.</param>
public sealed record ImportGap(string Entry, string Because);
