using System.Collections.Immutable;

namespace Paddock.Core.Audit.Masking;

/// <summary>A text as it may be kept.</summary>
/// <param name="Text">The text itself when nothing was found.</param>
/// <param name="Found">How often what was masked, by kind, such as <c>github-token</c> or <c>email</c>.</param>
public sealed record MaskedText(string Text, ImmutableSortedDictionary<string, int> Found);

/// <summary>Content as it may be kept.</summary>
/// <param name="Bytes">The very content when nothing was found.</param>
/// <param name="Found">As of <see cref="MaskedText"/>.</param>
public sealed record MaskedContent(ReadOnlyMemory<byte> Bytes, ImmutableSortedDictionary<string, int> Found);
