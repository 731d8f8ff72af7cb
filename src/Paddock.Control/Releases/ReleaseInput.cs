using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <param name="Path">Relative, with forward slashes.</param>
/// <param name="Text">YAML.</param>
public sealed record FileInput(string Path, string Text);

/// <summary>A release as somebody hands it in.</summary>
public sealed record ReleaseInput
{
    public required IReadOnlyList<FileInput> Files { get; init; }

    /// <summary>Put it in force as well.</summary>
    public bool Activate { get; init; }

    internal IReadOnlyList<SourceFile> Sources => [.. Files.Select(file => new SourceFile(file.Path, file.Text))];
}
