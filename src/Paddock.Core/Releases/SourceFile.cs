using System.Text;

namespace Paddock.Core.Releases;

/// <summary>One file of a release, as read from a directory or the store.</summary>
/// <param name="Path">Relative to the release directory, with forward slashes.</param>
/// <param name="Text">UTF-8 text.</param>
public sealed record SourceFile(string Path, string Text)
{
    /// <summary>Takes the bytes of a file. What is not UTF-8 becomes U+FFFD, which <see cref="ReleaseLoader"/> refuses with the file's other faults.</summary>
    public static SourceFile FromBytes(string path, ReadOnlySpan<byte> bytes) => new(path, Encoding.UTF8.GetString(bytes));

    /// <summary>The documents of a folder of <c>examples</c> that this assembly holds; their paths begin with <c>@</c>.</summary>
    internal static List<SourceFile> Embedded(string folder)
    {
        var assembly = typeof(SourceFile).Assembly;
        var files = new List<SourceFile>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!; // named just now
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            files.Add(FromBytes("@" + name, bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        }

        return files;
    }
}

/// <summary>One reason why a release is rejected.</summary>
/// <param name="File">Relative path.</param>
/// <param name="Line">1-based; 0 when the fault is of the whole file.</param>
/// <param name="Key">Dotted path of the key, such as <c>spec.targets[1].provider</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Suggestion">"Did you mean", or null.</param>
public sealed record ReleaseFault(string File, int Line, string Key, string Message, string? Suggestion = null)
{
    public override string ToString() =>
        $"{File}:{Line}: {(Key.Length == 0 ? "" : Key + ": ")}{Message}{(Suggestion is null ? "" : $" Did you mean '{Suggestion}'?")}";
}
