using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>Lists a command of PowerShell or cmd and what its arguments say.</summary>
internal sealed class WindowsResolver(ShellFacts facts, ShellDialect dialect)
{
    private const int Suspects = 6;
    private static readonly string[] endings = [".exe", ".cmd", ".bat", ".com", ".ps1"];

    private readonly CommandResolver programs = new(facts);
    private readonly OwnArguments ownArguments = new(facts, dialect is ShellDialect.PowerShell);

    private bool IsPowerShell => dialect is ShellDialect.PowerShell;

    private bool IsDark(string name) => (IsPowerShell ? DarkCommands.PowerShell : DarkCommands.Cmd).Contains(name);

    /// <param name="words">At least one.</param>
    public void Resolve(Word[] words, CommandRole role, CommandInput input, int depth)
    {
        var written = words[0].Text;
        var name = NameOf(written);
        if (!words[0].IsLiteral)
        {
            programs.Resolve(words, role, input, depth);
            return;
        }

        if (!IsPowerShell && Glued(written) is { Length: > 0 } glued)
        {
            // cmd takes del/q, del=x and cd..\x apart.
            facts.Opaque("a command of cmd with its arguments attached");
            var rest = written[glued.Length..].TrimStart('=');
            Resolve([Word.Of(glued), .. rest.Length > 0 ? [Word.Of(rest)] : Array.Empty<Word>(), .. words[1..]], role, input, depth);
        }
        else if (name == written && (IsPowerShell ? OwnCommands.PowerShell : OwnCommands.Cmd).TryGetValue(name, out var own))
        {
            Add(own.Name, words, role);
            ownArguments.Note(own, words, input.IsFed);
        }
        else if (IsDark(name) || (IsPowerShell && IsCmdlet(name)))
        {
            Dark(name, words, role, input, depth);
        }
        else
        {
            Program(name, words, role, input, depth);
        }
    }

    /// <summary><c>sort /o</c> and <c>expand a b</c> write a file where the programs of that name elsewhere only read it.</summary>
    private static bool WritesUnlikeItsNamesake(string name, Word[] words) =>
        name.Equals("expand", StringComparison.OrdinalIgnoreCase)
        || (name.Equals("sort", StringComparison.OrdinalIgnoreCase) && Array.Exists(words, word => word.Text is ['/', ..]));

    /// <summary>A program that Windows finds by its name: without folder and ending it is the one that rules know.</summary>
    private void Program(string name, Word[] words, CommandRole role, CommandInput input, int depth)
    {
        WindowsPaths.Note(facts, words.AsSpan(1));
        if (WritesUnlikeItsNamesake(name, words))
        {
            facts.Opaque($"{name}, which is another program on Windows");
        }

        if (name == words[0].Text)
        {
            programs.Resolve(words, role, input, depth);
            return;
        }

        facts.Add(new([.. words.Select(word => word.Shown)], words.TakeWhile(word => word.IsLiteral).Count(), role));
        if (words[0].Text.AsSpan().ContainsAny('\\', '/'))
        {
            facts.Runs(words[0].Text);
        }

        programs.Resolve([Word.Of(name), .. words[1..]], CommandRole.Wrapper, input, depth);
    }

    /// <summary>Another command follows this one.</summary>
    public void Next(Word[] words, bool isFed) => ownArguments.Next(words[0].Text, isFed);

    private void Dark(string name, Word[] words, CommandRole role, CommandInput input, int depth)
    {
        var isExpression = name.Equals("iex", StringComparison.OrdinalIgnoreCase) || name.Equals("Invoke-Expression", StringComparison.OrdinalIgnoreCase);
        Add(isExpression ? "Invoke-Expression" : name, words, role);
        facts.Opaque($"what {name} does cannot be seen");
        if (isExpression && (input.IsFed || words.Length == 1))
        {
            facts.RunsInput(name);
        }

        foreach (var word in words)
        {
            Hosts.InUrls(facts, word);
        }

        // For rules that forbid: it may be a program after all, and each later word may be where a command begins.
        programs.Resolve([Word.Of(name), .. words[1..]], CommandRole.Wrapper, input, depth);
        for (var i = 1; i < Math.Min(words.Length, Suspects); i++)
        {
            Add(words[i].Text, words[i..], CommandRole.Wrapper);
        }
    }

    /// <summary>The command of cmd that a word begins with, when more stands behind it that no name has; "" when there is none.</summary>
    private static string Glued(string written)
    {
        var end = written.AsSpan().IndexOfAny("/\\.:+=");
        var name = end > 0 ? written[..end] : "";
        return name.Length > 0 && (written[end] is '/' or '=' || OwnCommands.Cmd.ContainsKey(name) || DarkCommands.Cmd.Contains(name)) ? name : "";
    }

    private void Add(string name, Word[] words, CommandRole role)
    {
        var known = words.TakeWhile(word => word.IsLiteral).Count();
        string[] argv = [.. words.Select(word => word.Shown)];
        facts.Add(new(argv, known, role));
        if (name != argv[0])
        {
            facts.Add(new([name, .. argv[1..]], known, CommandRole.Wrapper));
        }
    }

    private static string NameOf(string written)
    {
        var name = written[(written.AsSpan().LastIndexOfAny('\\', '/') + 1)..];
        return Array.Find(endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending ? name[..^ending.Length] : name;
    }

    /// <summary>Named as PowerShell wants commands to be named: a verb from its list, or at least a capital letter and a dash.</summary>
    private static bool IsCmdlet(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && (char.IsAsciiLetterUpper(name[0]) || OwnCommands.Verbs.Contains(name[..dash]));
    }
}
