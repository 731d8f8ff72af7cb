using System.Collections.Immutable;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>A release as lists show it.</summary>
/// <param name="Origin">Who imported it: a principal id, <c>system:release-dir</c>, <c>system:environment</c> or <c>system:local</c>.</param>
public sealed record ReleaseSummaryView(string Digest, int Files, DateTimeOffset ImportedAt, string Origin, DateTimeOffset? ActivatedAt, bool Active)
{
    public static ReleaseSummaryView Of(ReleaseSummary release) => new(release.Digest.Value, release.Files, release.ImportedAt, release.Origin, release.ActivatedAt, release.Active);
}

/// <summary>A release with its documents.</summary>
/// <param name="Files">Left out where they were just handed in.</param>
public sealed record ReleaseView(string Digest, bool Active, IReadOnlyList<DocumentView> Documents, IReadOnlyList<FileInput>? Files = null)
{
    public static ReleaseView Of(ReleaseContent release, bool active) => new(release.Digest.Value, active, DocumentView.Of(release.Documents));
}

public sealed record DocumentView(string Kind, string Name, string Owner, string File, int Line)
{
    public static IReadOnlyList<DocumentView> Of(ImmutableArray<DocumentHead> documents) => [.. documents.Select(head => new DocumentView(head.Kind, head.Name, head.Owner, head.File, head.Line))];
}
