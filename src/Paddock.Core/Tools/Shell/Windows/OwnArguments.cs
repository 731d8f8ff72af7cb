using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>What the arguments of a shell's own command say of files and hosts.</summary>
internal sealed class OwnArguments(ShellFacts facts, bool isPowerShell)
{
    /// <summary>Aliases in Windows PowerShell 5.1 only; elsewhere the programs of that name run, whose options mean something else.</summary>
    private static readonly HashSet<string> formerly = new(StringComparer.OrdinalIgnoreCase) { "curl", "wget" };

    /// <summary>Commands of cmd that take <c>a/s</c> for <c>a /s</c>, where a switch changes what they do.</summary>
    private static readonly HashSet<string> cut = new(StringComparer.Ordinal) { "del", "rd", "copy", "xcopy", "move", "ren" };

    private readonly OptionFacts optionFacts = new(facts);
    private readonly OperandFacts operandFacts = new(facts);

    /// <summary>What goes through the pipe has properties, which PowerShell's own commands take for paths and other arguments.</summary>
    private bool isItems;

    public void Note(OwnCommand own, Word[] words, bool isFed)
    {
        WindowsPaths.Note(facts, words.AsSpan(1));
        if (isPowerShell && formerly.Contains(words[0].Text) && words.Any(word => word.Raw[0] is '-'))
        {
            facts.Opaque($"options that mean one thing to {own.Name} and another to the program {words[0].Text}");
        }

        var arguments = Read(own.Rule, words);
        optionFacts.Note(own.Rule, arguments);
        operandFacts.Note(own.Rule, arguments);
        if (IsUnsure(own.Rule, arguments, isFed && isPowerShell) || (cut.Contains(own.Name) && !isPowerShell && arguments.Operands.Exists(word => word.Text.Contains('/', StringComparison.Ordinal))))
        {
            facts.Opaque($"arguments of {own.Name} of which it cannot be told what they are");
        }

        if (own.Name is "Set-Location" or "Push-Location" or "cd" or "pushd")
        {
            foreach (var folder in arguments.Operands.Concat(arguments.Options.Select(option => option.Value).OfType<Word>()))
            {
                facts.Add(new(["cd", folder.Shown], 2, CommandRole.Wrapper));
            }
        }

        if (isPowerShell && isFed)
        {
            Fed(own, hasPath: arguments.Operands.Count > 0 || arguments.Options.Exists(option => option.Use is OptionUse.Write));
        }
    }

    /// <summary>Another command follows this one.</summary>
    public void Next(string name, bool isFed)
    {
        var yields = isPowerShell && OwnCommands.PowerShell.TryGetValue(name, out var own)
            && (own.Rule.Operands is OperandUse.Path || own.Name.StartsWith("Import-", StringComparison.Ordinal) || own.Name.StartsWith("ConvertFrom-", StringComparison.Ordinal));
        isItems = yields || (isFed && isItems);
    }

    /// <summary>
    /// PowerShell gives a word without a name to the first parameter that has no value yet: <c>Copy-Item -Path a b</c> writes b, <c>Select-String
    /// -Pattern a b</c> reads it. Without a target the current folder is written.
    /// </summary>
    private static bool IsUnsure(ProgramRule rule, Arguments arguments, bool isFed)
    {
        bool Has(params ReadOnlySpan<string> names)
        {
            foreach (var (name, _, _) in arguments.Options)
            {
                if (names.Contains(name.ToLowerInvariant()))
                {
                    return true;
                }
            }

            return false;
        }

        var (count, hasSource, hasTarget) = (arguments.Operands.Count, Has("-path", "-literalpath"), Has("-destination", "-destinationpath", "-newname"));
        return rule.Operands switch
        {
            OperandUse.Copy or OperandUse.Move => (hasSource && count > 0) || count + (hasSource || isFed ? 1 : 0) + (hasTarget ? 1 : 0) < 2,
            OperandUse.Pattern => count > 0 && Has("-pattern"),
            _ => false,
        };
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

    private Arguments Read(ProgramRule rule, Word[] words)
    {
        var arguments = new Arguments();
        for (var i = 1; i < words.Length; i++)
        {
            var word = words[i];
            if (word.Raw[0] is not '-' || !isPowerShell)
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
        if (!isPowerShell && word.Raw[0] is '/')
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
}
