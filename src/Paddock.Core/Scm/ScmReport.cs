using System.Collections.Immutable;
using Paddock.Core.Tasks;

namespace Paddock.Core.Scm;

/// <summary>What a source control or CI system says became of changes.</summary>
public sealed record ScmReport
{
    /// <summary>Who says it: <c>github</c>, or <c>standard</c>.</summary>
    public required string Sender { get; init; }

    /// <summary>The same report has the same one, however often it is sent.</summary>
    public required string Digest { get; init; }

    public ImmutableArray<ScmFinding> Findings { get; init; } = [];

    /// <summary>Of each the first is known as the others, too: a change request by its newest commit.</summary>
    public ImmutableArray<ScmAlias> Aliases { get; init; } = [];
}

/// <summary>One thing it says.</summary>
/// <param name="Tasks">Tasks that it names itself.</param>
/// <param name="Refs">Commits (hashes) and change requests (<c>org/repo#12</c>) it is about.</param>
/// <param name="At">When it happened; null = now.</param>
public sealed record ScmFinding(VerdictKind Kind, ImmutableArray<string> Tasks, ImmutableArray<string> Refs, DateTimeOffset? At, string? Url, string? Reason)
{
    /// <summary>As <see cref="VerdictFact.Checks"/>.</summary>
    public string Checks { get; init; } = "";
}

/// <param name="Name">A commit or change request.</param>
/// <param name="Refs">Under what it may be known already.</param>
public sealed record ScmAlias(string Name, ImmutableArray<string> Refs);

/// <summary>In which task a commit or change request was made.</summary>
/// <param name="Ref">A hash of 7 to 64 hexadecimal digits, the beginning of a longer one perhaps; or <c>org/repo#12</c>.</param>
public sealed record TaskLink(string Ref, string Task, DateTimeOffset At);

/// <summary>Which tasks commits and change requests come from. What an agent's tools print is asserted: it decides about numbers, never about what is allowed.</summary>
public interface ITaskLinks
{
    Task AddAsync(IReadOnlyCollection<TaskLink> links, CancellationToken cancellationToken);

    /// <summary>The tasks behind these; of a commit that several claim the first that did.</summary>
    Task<ImmutableArray<string>> FindAsync(IReadOnlyCollection<string> refs, CancellationToken cancellationToken);
}
