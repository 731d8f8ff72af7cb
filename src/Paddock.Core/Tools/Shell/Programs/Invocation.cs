using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>One command with the rules that apply to it.</summary>
internal sealed class Invocation
{
    private static readonly string[] systemFolders = ["/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin", "/opt/homebrew/bin"];

    private Invocation(Word[] words, ProgramRule rule, string name)
    {
        (Words, Rule, Path) = (words, rule, name);
        Normal.Add(Word.Of(name));
    }

    /// <summary>As written.</summary>
    public Word[] Words { get; }

    /// <summary>The rule of the last menu's command.</summary>
    public ProgramRule Rule { get; private set; }

    /// <summary>Program and menu's command, such as <c>docker compose exec</c>.</summary>
    public string Path { get; private set; }

    /// <summary>The arguments at each menu, the last one's at the end.</summary>
    public List<(ProgramRule Rule, Arguments Arguments)> Levels { get; } = [];

    public Arguments Arguments => Levels[^1].Arguments;

    /// <summary>The words without the program's directory and without options before a menu's command.</summary>
    public List<Word> Normal { get; } = [];

    /// <summary>Where <see cref="Arguments"/> begin.</summary>
    public int At { get; private set; } = 1;

    /// <summary>Something was left out of <see cref="Normal"/>, or the program has another name there.</summary>
    public bool IsRenamed { get; private set; }

    /// <summary>All that was left out changes nothing.</summary>
    public bool IsQuiet { get; private set; } = true;

    /// <summary>The program is found by its name, or stands where the system keeps its own.</summary>
    public bool IsTrusted { get; private init; }

    /// <summary>The command that the program runs; empty when there is none.</summary>
    public ReadOnlySpan<Word> Inner => Words.AsSpan(At + Arguments.CommandAt);

    /// <param name="words">At least one; the first is literal.</param>
    public static Invocation Of(Word[] words)
    {
        var written = words[0].Text;
        var slash = written.LastIndexOf('/');
        var name = written[(slash + 1)..];
        name = name.Length > 4 && name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name; // Windows' programs are started from its Linux too
        var rule = ProgramTable.Find(name);
        if (ReferenceEquals(rule, ProgramRule.Unknown) && name.Any(char.IsAsciiLetterUpper))
        {
            name = name.ToLowerInvariant(); // some file systems find it so
            rule = ProgramTable.Find(name);
        }

        var renamed = name != written;
        var trusted = !renamed || (slash >= 0 && systemFolders.Contains(written[..slash]));
        var invocation = new Invocation(words, rule, name) { IsTrusted = trusted, IsRenamed = renamed, IsQuiet = !renamed };
        invocation.Descend();
        return invocation;
    }

    private void Descend()
    {
        while (true)
        {
            var arguments = ArgumentReader.Read(Rule, Words.AsSpan(At));
            Levels.Add((Rule, arguments));
            var at = At + arguments.CommandAt;
            if (Rule.Kind != ProgramKind.Menu || at >= Words.Length || !Words[at].IsLiteral)
            {
                break;
            }

            Path = $"{Path} {Words[at].Text}";
            Normal.Add(Words[at]);
            IsRenamed |= arguments.Options.Count > 0;
            IsQuiet &= arguments.Options.TrueForAll(o => o.Use == OptionUse.Quiet);
            Rule = ProgramTable.Find(Path);
            At = at + 1;
        }

        Normal.AddRange(Words.AsSpan(At));
    }
}
