using Paddock.Core.Tools.Shell.Posix;
using Paddock.Core.Tools.Shell.Windows;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Finds the commands that a command runs.</summary>
internal sealed class InnerCommands(ShellFacts facts, CommandResolver resolver, int depth)
{
    public void Visit(Invocation call, CommandInput input)
    {
        if (call.Rule.Traits.Contains("dark"))
        {
            facts.Opaque($"what {call.Path} runs cannot be seen");
        }

        PatchText.Note(facts, call, input);
        Options(call, input);
        if (call.Arguments.Has(OptionUse.Asks))
        {
            return;
        }

        switch (call.Rule.Kind)
        {
            case ProgramKind.Wrap or ProgramKind.Step:
                Behind(call, call.Inner, input);
                break;
            case ProgramKind.Feed:
                facts.Expands();
                Behind(call, Fed(call.Inner, Placeholder(call.Arguments)), input);
                break;
            case ProgramKind.Line:
                Behind(call, input);
                break;
            case ProgramKind.Shell or ProgramKind.Interp:
                new ProgramText(facts, depth).Visit(call, input);
                break;
            case ProgramKind.Dark or ProgramKind.DarkLine:
                Dark(call, input);
                break;
            case ProgramKind.Tool when call.Rule.Traits.Contains("windows"):
                new NestedShell(facts, depth).Visit(call, input);
                break;
        }

        Fed(call, input);
    }

    private void Fed(Invocation call, CommandInput input)
    {
        if (call.Rule.Traits.Contains("stdin") && call.Inner.IsEmpty && input.IsFed && !call.Arguments.Has(OptionUse.Line))
        {
            facts.RunsInput(call.Path);
        }
    }

    private void Dark(Invocation call, CommandInput input)
    {
        facts.Opaque($"what {call.Path} runs cannot be seen");
        if (call.Words.Any(w => w.IsFetched))
        {
            facts.RunsInput(call.Path);
        }

        if (call.Rule.Kind == ProgramKind.DarkLine)
        {
            ReadLine(call.Inner, input);
        }
    }

    private void Options(Invocation call, CommandInput input)
    {
        foreach (var (name, use, value) in call.Levels.SelectMany(l => l.Arguments.Options))
        {
            switch (use)
            {
                case OptionUse.Line when value is not null:
                    ReadLine([value], input);
                    break;
                case OptionUse.Dark:
                    facts.Opaque($"{call.Path} with {name}");
                    break;
                case OptionUse.DarkLine when value is not null:
                    facts.Opaque($"{call.Path} with {name}");
                    ReadLine([value], input);
                    break;
            }
        }

        foreach (var command in call.Arguments.Commands)
        {
            if (call.Arguments.Has(OptionUse.Module))
            {
                Module(command, call.Words[0], input);
            }
            else
            {
                facts.Read();
                var words = Fed(command, "{}");
                resolver.Resolve(call.Rule.Traits.Contains("adds") && Array.TrueForAll(words, w => !w.IsFed) ? [.. words, Word.Added] : words, CommandRole.Inner, CommandInput.Inherited, depth);
            }
        }
    }

    /// <summary>A module is often known as a program of its own, which rules that forbid shall see.</summary>
    private void Module(Word[] words, Word program, CommandInput input)
    {
        if (ProgramTable.Find($"-m:{words[0].Text}").Kind == ProgramKind.Dark || !words[0].IsLiteral)
        {
            facts.Opaque($"what {program.Text} -m {words[0].Shown} runs cannot be seen");
        }

        resolver.Resolve(words, CommandRole.Wrapper, input, depth);
    }

    private void Behind(Invocation call, ReadOnlySpan<Word> words, CommandInput input)
    {
        foreach (var word in call.Arguments.Assignments)
        {
            var equals = word.Text.IndexOf('=');
            EnvironmentRules.Note(facts, word.Text[..equals], word with { Text = word.Text[(equals + 1)..], Raw = word.Raw[(word.Raw.IndexOf('=') + 1)..] });
        }

        if (!words.IsEmpty)
        {
            resolver.Resolve(words, CommandRole.Inner, input, depth);
        }
    }

    /// <summary>The operands are a line: all of them, or the first.</summary>
    private void Behind(Invocation call, CommandInput input)
    {
        if (!call.Rule.Traits.Contains("first"))
        {
            ReadLine(call.Inner, input);
        }
        else if (call.Arguments.Operands is [var line, ..] && line.Text is not ("" or "-"))
        {
            facts.Read();
            ReadLine([line], input);
        }
    }

    private void ReadLine(ReadOnlySpan<Word> words, CommandInput input)
    {
        if (!words.IsEmpty)
        {
            new ProgramText(facts, depth).ReadLine(words, input);
        }
    }

    /// <summary>What stands for the words that xargs takes from its input; null when they are added at the end.</summary>
    private static string? Placeholder(Arguments arguments) =>
        arguments.Options.FindLast(o => o.Name is "-I" or "-i" or "--replace") is { Name: not null } option ? option.Value is { Text.Length: > 0 } value ? value.Text : "{}" : null;

    private static Word[] Fed(ReadOnlySpan<Word> words, string? placeholder)
    {
        if (placeholder is null)
        {
            return words.IsEmpty ? [] : [.. words, Word.Added];
        }

        var fed = words.ToArray();
        for (var i = 0; i < fed.Length; i++)
        {
            fed[i] = fed[i].Text.Contains(placeholder, StringComparison.Ordinal) ? fed[i] with { IsLiteral = false, IsFed = true } : fed[i];
        }

        return fed;
    }
}
