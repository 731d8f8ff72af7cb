using System.Collections.Immutable;

namespace Paddock.Core.Approvals;

/// <summary>
/// What a rule lets an approver give instead of a single yes: some more calls of the same kind, by the same agent of the same person in
/// the same task and repository, for a while.
/// </summary>
public sealed record GrantOffer
{
    public const int MostUses = 100;

    /// <summary>What a command must begin with, word by word; at least one.</summary>
    public required ImmutableArray<string> ArgvPrefix { get; init; }

    public string? Repository { get; init; }

    public string? Task { get; init; }

    /// <summary>From 1 to <see cref="MostUses"/>.</summary>
    public required int MaxUses { get; init; }

    /// <summary>How long after the approval.</summary>
    public required TimeSpan Ttl { get; init; }

    public bool Covers(ApprovalUse use) =>
        ArgvPrefix.Length > 0 && use.Argv.Length >= ArgvPrefix.Length && use.Argv.AsSpan(0, ArgvPrefix.Length).SequenceEqual(ArgvPrefix.AsSpan())
        && use.Repository == Repository && use.Subject.Task == Task;
}
