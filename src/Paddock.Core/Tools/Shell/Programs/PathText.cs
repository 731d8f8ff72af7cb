namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Whether a word that nothing is known about looks like a path.</summary>
internal static class PathText
{
    public static bool IsLikely(string text) =>
        text.Length is > 0 and <= 4096 && text != "-" && !text.Contains('\n') && !text.Contains("://", StringComparison.Ordinal) && (text.Contains('/') || text[0] is '.' or '~' || HasExtension(text));

    /// <summary><c>name.ext</c>, with letters in the extension: not a version and not a sentence.</summary>
    private static bool HasExtension(string text)
    {
        var dot = text.LastIndexOf('.');
        var extension = text.AsSpan(dot + 1);
        return dot > 0 && extension.Length is > 0 and <= 8 && extension.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") < 0 && !char.IsAsciiDigit(extension[0]) && !text.Contains(' ');
    }
}
