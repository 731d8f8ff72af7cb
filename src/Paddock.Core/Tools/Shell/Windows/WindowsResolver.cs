using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>Lists a command of PowerShell or cmd and what its arguments say.</summary>
internal sealed class WindowsResolver(ShellFacts facts, ShellDialect dialect)
{
    private const int Suspects = 6;
    private static readonly string[] endings = [".exe", ".cmd", ".bat", ".com", ".ps1"];

    /// <summary>Programs that write a file where their namesakes elsewhere only read it: <c>sort /o</c>, <c>expand a b</c>.</summary>
    private static readonly HashSet<string> namesakes = new(StringComparer.OrdinalIgnoreCase) { "sort", "expand" };

    /// <summary>Aliases in Windows PowerShell 5.1 only; elsewhere the programs of that name run, whose options mean something else.</summary>
    private static readonly HashSet<string> formerly = new(StringComparer.OrdinalIgnoreCase) { "curl", "wget" };

    private readonly CommandResolver programs = new(facts);
    private readonly OptionFacts optionFacts = new(facts);
    private readonly OperandFacts operandFacts = new(facts);

    /// <summary>What goes through the pipe has properties, which PowerShell's own commands take for paths and other arguments.</summary>
    private bool isItems;

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
            // cmd takes del/q and cd..\x apart.
            facts.Opaque("a command of cmd with its arguments attached");
            Resolve([Word.Of(glued), Word.Of(written[glued.Length..]), .. words[1..]], role, input, depth);
        }
        else if (name == written && (IsPowerShell ? OwnCommands.PowerShell : OwnCommands.Cmd).TryGetValue(name, out var own))
        {
            Own(own, words, role, input);
        }
        else if (IsDark(name) || (IsPowerShell && IsCmdlet(name)))
        {
            Dark(name, words, role, input);
        }
        else
        {
            Program(name, words, role, input, depth);
        }
    }

    /// <summary>A program that Windows finds by its name: without folder and ending it is the one that rules know.</summary>
    private void Program(string name, Word[] words, CommandRole role, CommandInput input, int depth)
    {
        WindowsPaths.Note(facts, words.AsSpan(1));
        if (namesakes.Contains(name))
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

    private void Own(OwnCommand own, Word[] words, CommandRole role, CommandInput input)
    {
        Add(own.Name, words, role);
        WindowsPaths.Note(facts, words.AsSpan(1));
        if (IsPowerShell && formerly.Contains(words[0].Text) && words.Any(word => word.Raw[0] is '-'))
        {
            facts.Opaque($"options that mean one thing to {own.Name} and another to the program {words[0].Text}");
        }

        var arguments = Read(own.Rule, words);
        optionFacts.Note(own.Rule, arguments);
        operandFacts.Note(own.Rule, arguments);
        var folders = arguments.Operands.Concat(arguments.Options.Select(option => option.Value).OfType<Word>());
        if (own.Name is "Set-Location" or "Push-Location" or "cd" or "pushd")
        {
            foreach (var folder in folders)
            {
                facts.Add(new(["cd", folder.Shown], 2, CommandRole.Wrapper));
            }
        }

        if (IsPowerShell && input.IsFed)
        {
            Fed(own, hasPath: arguments.Operands.Count > 0 || arguments.Options.Exists(option => option.Use is OptionUse.Write));
        }
    }

    /// <summary>What PowerShell's own commands take from the pipe when it is no mere text to them.</summary>
    private void Fed(OwnCommand own, bool hasPath)
    {
        if (own.Name is "Set-Location" or "Push-Location")
        {
            facts.Opaque("a folder that comes from another command");
        }
        else if (own.Rule.Operands switch
        {
            OperandUse.None => false,
            OperandUse.Write => !hasPath,
            OperandUse.Pattern => isItems,
            _ => true,
        })
        {
            facts.Expands();
        }
    }

    /// <summary>Another command follows this one.</summary>
    public void Next(Word[] words, bool isFed)
    {
        var yields = IsPowerShell && OwnCommands.PowerShell.TryGetValue(words[0].Text, out var own)
            && (own.Rule.Operands is OperandUse.Path || own.Name.StartsWith("Import-", StringComparison.Ordinal) || own.Name.StartsWith("ConvertFrom-", StringComparison.Ordinal));
        isItems = yields || (isFed && isItems);
    }

    private void Dark(string name, Word[] words, CommandRole role, CommandInput input)
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

        // For rules that forbid: each later word may be where a command begins.
        for (var i = 1; i < Math.Min(words.Length, Suspects); i++)
        {
            Add(words[i].Text, words[i..], CommandRole.Wrapper);
        }
    }

    /// <summary>The command of cmd that a word begins with, when more stands behind it that no name has; "" when there is none.</summary>
    private static string Glued(string written)
    {
        var end = written.AsSpan().IndexOfAny("/\\.:+");
        var name = end > 0 ? written[..end] : "";
        return name.Length > 0 && (written[end] == '/' || OwnCommands.Cmd.ContainsKey(name) || DarkCommands.Cmd.Contains(name)) ? name : "";
    }

    private Arguments Read(ProgramRule rule, Word[] words)
    {
        var arguments = new Arguments();
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            if (word.Raw[0] is not '-' || !IsPowerShell)
            {
                Operand(arguments, word);
                CheckFile(word, rule.Operands is not (OperandUse.None or OperandUse.Url));
            }
            else if (!rule.Options.TryGetValue(word.Text.ToLowerInvariant(), out var use))
            {
                facts.Opaque($"{words[0].Text} with the unknown parameter {word.Text}");
                arguments.Operands.Add(word);
            }
            else if (use is OptionUse.Flag)
            {
                arguments.Options.Add((word.Text, use, null));
            }
            else if (++i < words.Length)
            {
                CheckDrive(words[i], use is OptionUse.Host);
                CheckFile(words[i], use is OptionUse.Path or OptionUse.Read or OptionUse.Write or OptionUse.Upload);
                arguments.Options.Add((word.Text, use, words[i]));
            }
        }

        return arguments;
    }

    private void Operand(Arguments arguments, Word word)
    {
        if (!IsPowerShell && word.Raw[0] is '/')
        {
            facts.Path(word.Shown); // a switch, or a path that cmd takes for one
            return;
        }

        CheckDrive(word, word.Text.Contains("://", StringComparison.Ordinal));
        arguments.Operands.Add(word);
    }

    /// <summary><c>function:git</c>, <c>env:PATH</c> and <c>alias:x</c> are files to PowerShell's own commands; <c>+</c> joins files for cmd's <c>copy</c>.</summary>
    private void CheckDrive(Word word, bool isAddress)
    {
        var colon = word.Text.LastIndexOf(':');
        if (!isAddress && (word.Text.Contains('+', StringComparison.Ordinal) || (colon >= 0 && !(colon == 1 && char.IsAsciiLetter(word.Text[0])))))
        {
            facts.Opaque("a name that may be more than a file's");
        }
    }

    private void CheckFile(Word word, bool isFile)
    {
        if (isFile && WindowsPaths.IsOtherName(word.Text))
        {
            facts.Opaque("a name that Windows may find under another");
        }
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
