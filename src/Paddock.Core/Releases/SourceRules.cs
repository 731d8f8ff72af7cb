namespace Paddock.Core.Releases;

/// <summary>What every file of a release must be before its documents are read: bounded, readable text at a plain path.</summary>
internal static class SourceRules
{
    private const int MostFiles = 1_000;
    private const int LongestFile = 1024 * 1024;
    private const long LongestRelease = 16 * 1024 * 1024;

    /// <summary>The files whose documents can be read.</summary>
    public static List<SourceFile> Check(IReadOnlyList<SourceFile> files, ReleaseDraft draft)
    {
        if (files.Count > MostFiles || files.Sum(file => (long)file.Text.Length) > LongestRelease)
        {
            draft.Faults.Add("", 0, "", $"A release has at most {MostFiles} files and {LongestRelease / 1024 / 1024} MiB; this one has {files.Count} files and {files.Sum(file => (long)file.Text.Length)} characters.");
            return [];
        }

        return [.. files.Where(file => PathIsGood(file, draft) && TextIsGood(file, draft.Faults))];
    }

    private static bool PathIsGood(SourceFile file, ReleaseDraft draft)
    {
        // Paths stand in the canonical manifest, one per line, so none may hold what would look like another line.
        var plain = file.Path.Length is > 0 and <= 300 && file.Path[0] != '/' && !file.Path.Any(c => char.IsControl(c) || c == '\\')
            && !file.Path.Split('/').Any(part => part is "" or "." or "..");
        if (!plain)
        {
            draft.Faults.Add(file.Path, 0, "", "A path is relative, with forward slashes and without '.', '..' or control characters.");
        }
        else if (!draft.Paths.Add(file.Path))
        {
            draft.Faults.Add(file.Path, 0, "", "Two files have this path.");
            return false;
        }

        return plain;
    }

    private static bool TextIsGood(SourceFile file, FaultList faults)
    {
        if (file.Text.Length > LongestFile)
        {
            faults.Add(file.Path, 0, "", $"A file has at most {LongestFile / 1024} KiB; this one has {file.Text.Length / 1024}.");
            return false;
        }

        if (string.IsNullOrWhiteSpace(file.Text.TrimStart('\uFEFF')))
        {
            // A full disk or half a copy leaves such a file; what it was to say must not be missing silently.
            faults.Add(file.Path, 0, "", "This file is empty. Write its documents, or delete it; a comment alone would do.");
            return false;
        }

        var line = 1;
        for (var i = 0; i < file.Text.Length; i++)
        {
            if (Refusal(file.Text, i) is { } refusal)
            {
                faults.Add(file.Path, line, "", refusal);
                return false;
            }

            line += file.Text[i] == '\n' ? 1 : 0;
            i += char.IsHighSurrogate(file.Text[i]) ? 1 : 0;
        }

        return true;
    }

    private static string? Refusal(string text, int i)
    {
        var c = text[i];
        return c switch
        {
            '\n' or '\r' or '\t' or (>= ' ' and <= '~') => null,
            '\uFEFF' when i == 0 => null,
            '\uFFFD' => "This is not UTF-8 text.",
            // What turns the reading order makes a reviewer see another text than the parser.
            (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' => $"The character U+{(int)c:X4} changes the reading order of a line and is not allowed.",
            '\u2028' or '\u2029' or '\uFEFF' => $"The character U+{(int)c:X4} is not allowed.",
            _ when char.IsControl(c) => $"The control character U+{(int)c:X4} is not allowed.",
            _ when char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) => "This is not Unicode text.",
            _ => null,
        };
    }
}
