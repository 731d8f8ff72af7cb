using System.Text;
using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Programs;

namespace Paddock.Core.Tools.Shell.Windows;

/// <summary>Reads what <c>powershell</c>, <c>pwsh</c> and <c>cmd</c> are told to run, wherever they stand.</summary>
internal sealed class NestedShell(ShellFacts facts, int depth)
{
    /// <summary>Options of PowerShell with the shortest beginning it takes them by; <c>:</c> marks those with a value.</summary>
    private static readonly string[] quiet =
        ["nop|noprofile", "nol|nologo", "noni|noninteractive", "sta", "mta", "l|login", "ep:|ep", "ex:|executionpolicy", "w:|windowstyle", "o:|outputformat", "inp:|inputformat"];

    public void Visit(Invocation call, CommandInput input)
    {
        if (call.Path == "cmd")
        {
            Cmd(call, input);
        }
        else
        {
            PowerShell(call, input);
        }
    }

    private void PowerShell(Invocation call, CommandInput input)
    {
        var words = call.Words;
        for (var i = 1; i < words.Length; i++)
        {
            var name = OptionName(words[i].Text)?.ToLowerInvariant();
            if (name is null)
            {
                facts.Opaque($"{call.Path} takes this for a command or a file, as its version has it");
                Line(words.AsSpan(i), input);
                return;
            }

            if (name.Length > 0 && "command".StartsWith(name, StringComparison.Ordinal))
            {
                Line(words.AsSpan(i + 1), input);
                return;
            }

            if (name is "ec" or "enc" || (name.Length > 0 && "encodedcommand".StartsWith(name, StringComparison.Ordinal)))
            {
                facts.Opaque("an encoded command");
                Encoded(words.ElementAtOrDefault(i + 1), input);
                return;
            }

            if (name.Length > 0 && "file".StartsWith(name, StringComparison.Ordinal))
            {
                File(call, words.ElementAtOrDefault(i + 1), input);
                return;
            }

            i += Skip(call, name);
        }

        Input(call, input);
    }

    private static string? OptionName(string word) => word switch
    {
        ['-', '-', .. var name] => name,
        ['-' or '/', .. var name] => name,
        _ => null,
    };

    /// <summary>Only words without quotes and blanks reach cmd as they stand here: it takes its line apart by itself.</summary>
    private void Cmd(Invocation call, CommandInput input)
    {
        var words = call.Words;
        for (var i = 1; i < words.Length && words[i].Text is ['/', ..]; i++)
        {
            var name = words[i].Text.TrimStart('/').ToLowerInvariant();
            if (name is ['c' or 'k' or 'r', ..])
            {
                Word[] rest = name.Length == 1 ? words[(i + 1)..] : [Word.Of(words[i].Text.TrimStart('/')[1..]), .. words[(i + 1)..]];
                if (name != "c" || !words[i].Text.StartsWith("/c", StringComparison.OrdinalIgnoreCase) || !Array.TrueForAll(rest, word => word.IsLiteral && word.Raw == word.Text))
                {
                    facts.Opaque("a line for cmd whose words may be cut in another way");
                }

                Line(rest, ShellDialect.Cmd, input);
                return;
            }

            if (name is not ("d" or "q" or "s"))
            {
                facts.Opaque($"{call.Path} with {words[i].Text}");
            }
        }

        Input(call, input);
    }

    private void Line(ReadOnlySpan<Word> words, CommandInput input)
    {
        if (words is [{ Text: "-" }])
        {
            facts.RunsInput("PowerShell");
            return;
        }

        Line(words, ShellDialect.PowerShell, input);
    }

    private void Line(ReadOnlySpan<Word> words, ShellDialect dialect, CommandInput input)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(word.Text);
            if (word.IsFetched)
            {
                facts.RunsInput("a shell");
            }
            else if (!word.IsLiteral)
            {
                facts.Opaque("a line with an expansion inside an argument");
            }
        }

        if (text.Length == 0)
        {
            facts.Opaque("a shell without a line");
        }
        else if (facts.MayReadInner(text.Length))
        {
            WindowsReader.Read(text.ToString(), dialect, facts, CommandRole.Inner, input, depth);
        }
    }

    private void Encoded(Word? word, CommandInput input)
    {
        var bytes = new byte[word?.Text.Length ?? 0];
        if (word is { IsLiteral: true } && Convert.TryFromBase64String(word.Text, bytes, out var length))
        {
            Line([Word.Of(LineText.Printable(Encoding.Unicode.GetString(bytes.AsSpan(0, length))))], ShellDialect.PowerShell, input);
        }
    }

    private void File(Invocation call, Word? file, CommandInput input)
    {
        if (file is null or { Text: "-" })
        {
            Input(call, input);
        }
        else if (!file.IsLiteral)
        {
            facts.Opaque($"a program for {call.Path} whose name cannot be told");
        }
        else
        {
            facts.Reads(file.Text);
            facts.Runs(file.Text);
        }
    }

    private void Input(Invocation call, CommandInput input)
    {
        if (input.IsFed)
        {
            facts.RunsInput(call.Path);
        }
        else
        {
            facts.Opaque($"{call.Path} without a program");
        }
    }

    /// <returns>How many words the option's value takes.</returns>
    private int Skip(Invocation call, string name)
    {
        foreach (var option in quiet)
        {
            var bar = option.IndexOf('|', StringComparison.Ordinal);
            var shortest = bar < 0 ? option : option[..bar].TrimEnd(':');
            var whole = option[(bar + 1)..];
            if (whole.StartsWith(name, StringComparison.Ordinal) && name.StartsWith(shortest, StringComparison.Ordinal))
            {
                return option.Contains(':', StringComparison.Ordinal) ? 1 : 0;
            }
        }

        facts.Opaque($"{call.Path} with the unknown option -{name}");
        return 0;
    }
}
