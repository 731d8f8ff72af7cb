using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What options say of files and hosts. A file written because of an option is not what the program's name lets expect, so the line is no longer plain.</summary>
internal sealed class OptionFacts(ShellFacts facts)
{
    public void Note(ProgramRule rule, Arguments arguments)
    {
        foreach (var (name, use, value) in arguments.Options)
        {
            if (value is not null)
            {
                Value(use, value);
                Hosts.InUrls(facts, value);
                if (use is OptionUse.Flag or OptionUse.Maybe && PathText.IsLikely(value.Text))
                {
                    facts.Path(value.Shown);
                }
            }

            if (use is OptionUse.InPlace or OptionUse.Deletes)
            {
                facts.Read();
            }
            else if (use == OptionUse.Script && value is not null && !(value.IsLiteral && SedScript.IsHarmless(value.Text)))
            {
                facts.Opaque($"a program in {name} that is not known to be harmless");
            }
            else if (use == OptionUse.Config && value is not null && !(value.IsLiteral && GitSettings.IsHarmless(value.Text)))
            {
                facts.Opaque("a setting of git that can make another program run");
            }
        }

        Forbidden(rule, arguments);
    }

    private void Value(OptionUse use, Word value)
    {
        switch (use)
        {
            case OptionUse.Path:
                facts.Path(value.Shown);
                break;
            case OptionUse.Mount:
                Mount(value.Shown);
                break;
            case OptionUse.Read:
                facts.Reads(value.Shown);
                break;
            case OptionUse.Upload:
                facts.Read();
                facts.Reads(value.Shown);
                break;
            case OptionUse.Data:
                Data(value);
                break;
            case OptionUse.Write when value.Text is not ("-" or "/dev/null" or "/dev/stdout" or "/dev/stderr"):
                facts.Read();
                facts.Writes(value.Shown, content: true);
                break;
            case OptionUse.Host:
                Hosts.Bare(facts, value);
                break;
        }
    }

    /// <summary><c>/folder:/there:ro</c>, <c>type=bind,src=/folder,dst=/there</c>; a volume's name is no path.</summary>
    private void Mount(string value)
    {
        var source = value.Split(',').Select(static part => part.Split('=', 2)).FirstOrDefault(static pair => pair is ["src" or "source", _]) is [_, var named] ? named : value;
        var colon = source.IndexOf(':', source is [_, ':', ..] ? 2 : 0);
        source = colon < 0 ? source : source[..colon];
        if (PathText.IsLikely(source) || source.Contains('$'))
        {
            facts.Path(source);
        }
    }

    /// <summary><c>@file</c>, <c>name=@file</c> and <c>name=&lt;file</c> send the file.</summary>
    private void Data(Word value)
    {
        var at = value.Text.AsSpan().IndexOfAny('@', '<');
        if (at == 0 || (at > 0 && value.Text[at - 1] is '=' || (at > 0 && value.Text[..at].All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))))
        {
            facts.Read();
            facts.Reads(value.IsLiteral ? value.Text[(at + 1)..].Split(';')[0] : value.Raw);
        }
        else if (!value.IsLiteral)
        {
            facts.Read();
        }
    }

    private void Forbidden(ProgramRule rule, Arguments arguments)
    {
        foreach (var text in rule.Forbidden)
        {
            if (arguments.Operands.Exists(o => Contains(o, text)) || arguments.Options.Exists(o => o.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || (o.Value is { } value && Contains(value, text))))
            {
                facts.Opaque($"an argument with '{text}'");
            }
        }
    }

    private static bool Contains(Word word, string text) => word.Text.Contains(text, StringComparison.OrdinalIgnoreCase);
}
