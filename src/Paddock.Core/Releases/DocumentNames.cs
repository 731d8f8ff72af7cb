namespace Paddock.Core.Releases;

/// <summary>What documents may be called.</summary>
internal static class DocumentNames
{
    private const int Longest = 200;

    /// <summary>Models and routes are asked for by name, so theirs may hold what model names hold: <c>anthropic/claude-opus-4.5:beta</c>.</summary>
    private const string Marks = "-._", ModelMarks = "-._/:@+";

    /// <summary>Why the name is refused, or null.</summary>
    public static string? Refusal(string kind, string name)
    {
        var marks = kind is DocumentKinds.Model or DocumentKinds.ModelRoute ? ModelMarks : Marks;
        return IsName(name, Longest, marks)
            ? null
            : $"The name of {DocumentKinds.WithArticle(kind)} begins with a letter or digit and holds letters, digits and {string.Join(' ', marks.ToCharArray())}, at most {Longest} in all.";
    }

    /// <summary>Whether a text, which is not empty, begins with a letter or digit and holds letters, digits and these marks.</summary>
    public static bool IsName(string text, int longest, string marks = Marks) =>
        text.Length <= longest && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || marks.Contains(c, StringComparison.Ordinal));
}
