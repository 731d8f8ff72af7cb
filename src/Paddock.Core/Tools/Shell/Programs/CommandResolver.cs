using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Lists a command, what its arguments say, and the commands that they name.</summary>
internal sealed class CommandResolver(ShellFacts facts)
{
    /// <summary>Words that are tried as a program's name where an unknown option or an empty variable may stand before it.</summary>
    private const int Suspects = 6;

    private readonly OptionFacts optionFacts = new(facts);
    private readonly OperandFacts operandFacts = new(facts);

    public void Resolve(ReadOnlySpan<Word> words, CommandRole role, CommandInput input, int depth)
    {
        if (depth >= ShellLimits.Depth)
        {
            Add(words, role);
            facts.Opaque("too deeply nested");
        }
        else if (!words[0].IsLiteral)
        {
            Add(words, role);
            facts.Opaque("a program whose name cannot be told");
            Suspect(words[1..]);
        }
        else
        {
            if (!IsProgram(words[0]))
            {
                facts.Opaque("a program whose name cannot be told");
            }

            Known(Invocation.Of(words.ToArray()), role, input, depth);
        }
    }

    private void Known(Invocation call, CommandRole role, CommandInput input, int depth)
    {
        var line = call.Rule.Kind == ProgramKind.Shell && call.Arguments.Options.Exists(o => o.Name == "-c");
        var runs = (line || call.Rule.Kind == ProgramKind.Wrap) && call.IsTrusted && !call.Inner.IsEmpty && !call.Arguments.Has(OptionUse.Asks);
        var quiet = call.IsRenamed && call.IsQuiet;
        Add(call.Words, runs || quiet ? CommandRole.Wrapper : role);
        if (call.IsRenamed)
        {
            Add(call.Normal.ToArray(), quiet && !runs ? Inside(role) : CommandRole.Wrapper);
        }

        Shortened(call.Normal);
        if (call.Words[0].Text.Contains('/'))
        {
            facts.Runs(call.Words[0].Text);
        }

        foreach (var (level, arguments) in call.Levels)
        {
            optionFacts.Note(level, arguments);
            operandFacts.Note(level, arguments);
            if (arguments.Doubtful is { } doubtful && level.HasTellingOption && !arguments.Has(OptionUse.Asks))
            {
                facts.Opaque($"{call.Path} with {doubtful.Shown}, which may be any of its options");
            }

            if (arguments.Unknown is { } option && !arguments.Has(OptionUse.Asks))
            {
                facts.Opaque($"{call.Path} with the unknown option {option}");
                Suspect(call.Words.AsSpan(call.At));
            }
        }

        if (call.Path == "time" && call.Inner.IsEmpty)
        {
            facts.Read(); // a reserved word, which alone means something else than a program
        }

        new InnerCommands(facts, this, depth + 1).Visit(call, input);
    }

    private static CommandRole Inside(CommandRole role) => role == CommandRole.Direct ? CommandRole.Inner : role;

    /// <summary>For rules that forbid: the command as it would be if its unknown words vanished.</summary>
    private void Shortened(List<Word> words)
    {
        var first = words.FindIndex(w => !w.IsLiteral);
        if (first > 0 && words.FindIndex(first, w => w.IsLiteral) > 0)
        {
            Add(words.Where(w => w.IsLiteral).ToArray(), CommandRole.Wrapper);
        }
    }

    /// <summary>For rules that forbid: each later word may be where a command begins.</summary>
    private void Suspect(ReadOnlySpan<Word> words)
    {
        for (var i = 0; i < Math.Min(words.Length, Suspects); i++)
        {
            if (words[i].IsLiteral && IsProgram(words[i]))
            {
                Add(words[i..], CommandRole.Wrapper);
            }
        }
    }

    private void Add(ReadOnlySpan<Word> words, CommandRole role)
    {
        var argv = new string[words.Length];
        var known = words.Length;
        for (var i = argv.Length - 1; i >= 0; i--)
        {
            argv[i] = words[i].Shown;
            known = words[i].IsLiteral ? known : i;
        }

        facts.Add(new(argv, known, role));
    }

    /// <summary>A name that every shell takes for this one program: no expansion, no escape, nothing but a path's usual characters.</summary>
    private static bool IsProgram(Word word) =>
        word.IsLiteral && !word.Raw.Contains('\\') && word.Text.Length > 0
        && (char.IsAsciiLetterOrDigit(word.Text[0]) || word.Text[0] is '/' or '.' or '_' or ':' or '[')
        && (word.Text == "[" || word.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@' or ':'));
}
