using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Where a shell or another interpreter has its program from.</summary>
internal sealed class ProgramText(ShellFacts facts, int depth)
{
    private static readonly string[] inputs = ["-", "/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"];

    public void Visit(Invocation call, CommandInput input)
    {
        var options = call.Arguments;
        var inner = call.Inner;
        Given(options.Has(OptionUse.Module) ? options.Commands.SelectMany(static words => words).ToArray() : inner);
        if (options.Has(OptionUse.Module) || options.Has(OptionUse.Dark) || options.Has(OptionUse.Line))
        {
            if (call.Words.Any(w => w.IsFetched))
            {
                facts.RunsInput(call.Path);
            }
        }
        else if (call.Rule.Kind == ProgramKind.Shell && options.Options.Exists(o => o.Name == "-c"))
        {
            Command(call, inner, input);
        }
        else if (inner.IsEmpty || inputs.Contains(inner[0].Text) || options.Options.Exists(o => o.Name == "-s"))
        {
            Input(call, input);
        }
        else
        {
            File(call.Path, inner[0]);
        }
    }

    /// <summary>What the program makes of its arguments only it knows, but files among them are told.</summary>
    private void Given(ReadOnlySpan<Word> words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var text = words[i].Text;
            var value = text.StartsWith('-') ? text[(text.IndexOf('=') + 1)..].TrimStart('-') : text;
            if (PathText.IsLikely(value))
            {
                facts.Path(words[i].IsLiteral ? value : words[i].Shown);
            }
        }
    }

    /// <summary>Reads a line that stands in an argument, or in several that are joined by blanks.</summary>
    public void ReadLine(ReadOnlySpan<Word> words, CommandInput input)
    {
        var text = string.Join(' ', words.ToArray().Select(w => w.Text));
        foreach (var word in words)
        {
            if (word.IsFetched)
            {
                facts.RunsInput("a shell");
            }
            else if (!word.IsLiteral)
            {
                facts.Opaque("a line with an expansion inside an argument");
            }
        }

        if (facts.MayReadInner(text.Length))
        {
            PosixReader.Read(text, facts, CommandRole.Inner, input, depth);
        }
    }

    private void Command(Invocation call, ReadOnlySpan<Word> inner, CommandInput input)
    {
        if (inner.IsEmpty)
        {
            facts.Opaque($"{call.Path} -c without a line");
        }
        else
        {
            ReadLine(inner[..1], input);
        }
    }

    private void Input(Invocation call, CommandInput input)
    {
        if (!input.IsFed)
        {
            facts.Opaque($"{call.Path} without a program");
            return;
        }

        facts.RunsInput(call.Path);
        if (call.Rule.Kind == ProgramKind.Shell && input.Text is { } text)
        {
            ReadLine([text], CommandInput.Inherited);
        }
    }

    private void File(string program, Word file)
    {
        if (file.IsFetched || file.Text.StartsWith("/dev/fd/", StringComparison.Ordinal) || file.Text.StartsWith("/proc/", StringComparison.Ordinal))
        {
            facts.RunsInput(program);
        }
        else if (!file.IsLiteral)
        {
            facts.Opaque($"a program for {program} whose name cannot be told");
        }
        else
        {
            if (program is "source" or ".")
            {
                facts.Read(); // it may change what all later words of the line mean, so a rule has to look at what is read
            }

            facts.Reads(file.Text);
            facts.Runs(file.Text);
        }
    }
}
