using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Operands of the few programs that have a language of their own.</summary>
internal static class ProgramOperands
{
    private static readonly string[] sqliteTells = [".tables", ".schema", ".headers", ".mode", ".indexes", ".databases", ".width", ".timer", ".quit", ".exit", ".nullvalue", ".header"];

    public static void Note(ShellFacts facts, ProgramRule rule, Arguments arguments)
    {
        if (rule.Traits.Count == 0)
        {
            return;
        }

        if (rule.Traits.Contains("awk"))
        {
            Script(facts, arguments, "awk", AwkProgram.IsHarmless);
        }
        else if (rule.Traits.Contains("sed"))
        {
            Script(facts, arguments, "sed", SedScript.IsHarmless);
        }
        else if (rule.Traits.Contains("ddargs"))
        {
            arguments.Operands.ForEach(o => Dd(facts, o));
        }
        else if (rule.Traits.Contains("tar"))
        {
            Tar(facts, arguments);
        }
        else if (rule.Traits.Contains("gitconfig"))
        {
            GitConfig(facts, arguments);
        }
        else if (rule.Traits.Contains("dotted") && arguments.Operands.Exists(o => o.Text.Split('\n').Any(IsDotted)))
        {
            facts.Opaque("a command of sqlite3 that can do more than look");
        }
    }

    private static bool IsDotted(string line) => line.TrimStart() is ['.', var letter, ..] command && char.IsAsciiLetter(letter) && !sqliteTells.Contains(command.Split(' ')[0]);

    private static void Script(ShellFacts facts, Arguments arguments, string name, Func<string, bool> isHarmless)
    {
        var given = arguments.Has(OptionUse.Script);
        for (var i = 0; i < arguments.Operands.Count; i++)
        {
            var word = arguments.Operands[i];
            if (i > 0 || given)
            {
                File(facts, arguments, word, name);
            }
            else if (!word.IsLiteral || !isHarmless(word.Text))
            {
                facts.Opaque($"a program for {name} that is not known to be harmless");
            }
        }
    }

    private static void File(ShellFacts facts, Arguments arguments, Word word, string name)
    {
        if (arguments.Has(OptionUse.InPlace))
        {
            facts.Writes(word.Shown, content: true);
        }
        else if (name != "awk" || !ArgumentReader.Assigned(word))
        {
            facts.Reads(word.Shown);
        }
    }

    private static void Dd(ShellFacts facts, Word word)
    {
        var value = word with { Text = word.Text[(word.Text.IndexOf('=') + 1)..] };
        if (word.Text.StartsWith("of=", StringComparison.Ordinal))
        {
            facts.Read();
            facts.Writes(word.IsLiteral ? value.Text : word.Raw, content: true);
        }
        else if (word.Text.StartsWith("if=", StringComparison.Ordinal))
        {
            facts.Reads(word.IsLiteral ? value.Text : word.Raw);
        }
    }

    /// <summary>Which way the archive goes; the first operand may be a bundle of letters (<c>tar xzf</c>).</summary>
    private static void Tar(ShellFacts facts, Arguments arguments)
    {
        var operands = arguments.Operands;
        var bundle = operands.Count > 0 && arguments.Options.TrueForAll(o => o.Name is not ("-c" or "-x" or "-t" or "-r" or "-u" or "-A") && !o.Name.StartsWith("--", StringComparison.Ordinal)) ? operands[0].Text : "";
        if (bundle.AsSpan().IndexOfAny("IFKVTX") >= 0)
        {
            facts.Opaque("old letters of tar that can make another program run");
        }

        var archive = bundle.Contains('f') ? operands.ElementAtOrDefault(1) : arguments.Options.Find(o => o.Name is "-f" or "--file").Value;
        var names = string.Concat(arguments.Options.Select(o => o.Name is ['-', var letter] && letter != '-' ? letter.ToString() : o.Name is "--create" or "--append" or "--update" ? "c" : o.Name is "--extract" or "--get" ? "x" : "")) + bundle;
        if (archive is not null)
        {
            if (names.AsSpan().IndexOfAny("cruA") >= 0)
            {
                facts.Writes(archive.Shown, content: true);
            }
            else
            {
                facts.Reads(archive.Shown);
            }
        }

        foreach (var other in operands.Where(o => o != archive && o.Text != bundle))
        {
            facts.Path(other.Shown);
        }

        if (names.Contains('x'))
        {
            var folder = arguments.Options.Find(o => o.Name is "-C" or "--directory").Value;
            facts.Writes(folder?.Shown ?? ".", content: true);
            if (folder is not null)
            {
                facts.Read(); // what is unpacked elsewhere is not what the program's name lets expect
            }
        }
    }

    private static void GitConfig(ShellFacts facts, Arguments arguments)
    {
        var words = arguments.Operands.Where(o => o.Text is not "set").ToList();
        var asks = arguments.Options.Exists(o => o.Name.StartsWith("--get", StringComparison.Ordinal) || o.Name is "-l" or "--list") || words is [{ Text: "get" or "list" or "unset" }, ..];
        if (!asks && (words.Count > 2 || words.Exists(w => !w.IsLiteral) || (words.Count == 2 && !GitSettings.IsHarmless($"{words[0].Text}={words[1].Text}"))))
        {
            facts.Opaque("a setting of git that can make another program run");
        }
    }
}
