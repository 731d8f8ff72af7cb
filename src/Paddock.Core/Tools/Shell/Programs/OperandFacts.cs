using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What operands say of files and hosts.</summary>
internal sealed class OperandFacts(ShellFacts facts)
{
    public void Note(ProgramRule rule, Arguments arguments)
    {
        var operands = arguments.Operands;
        if (rule.Operands == OperandUse.Assign)
        {
            facts.Read();
        }

        for (var i = 0; i < operands.Count; i++)
        {
            if (rule.Operands is not (OperandUse.Url or OperandUse.Host or OperandUse.Remote or OperandUse.Transfer))
            {
                Hosts.InUrls(facts, operands[i]);
            }

            Operand(rule, arguments, i);
        }

        ProgramOperands.Note(facts, rule, arguments);
        if (arguments.Has(OptionUse.Remote) || (rule.Traits.Contains("download") && !arguments.Options.Exists(o => o.Name is "-O" or "--output-document")))
        {
            facts.Read();
            operands.ForEach(o => facts.Writes(NameOf(o), content: true));
        }
    }

    private void Operand(ProgramRule rule, Arguments arguments, int i)
    {
        var (word, last) = (arguments.Operands[i], i == arguments.Operands.Count - 1 && i > 0);
        switch (rule.Operands)
        {
            case OperandUse.Read:
                Read(arguments, word);
                break;
            case OperandUse.Pattern when i > 0 || arguments.Options.Exists(o => o.Name is "-e" or "-f" or "--regexp" or "--file" or "--files" or "--expression"):
                Read(arguments, word);
                break;
            case OperandUse.Pattern or OperandUse.Own:
                break;
            case OperandUse.Write:
                facts.Writes(word.Shown, content: true);
                break;
            case OperandUse.Change or OperandUse.Owner:
                Change(word, i > 0 || rule.Operands == OperandUse.Change);
                break;
            case OperandUse.Copy or OperandUse.Move or OperandUse.Transfer:
                Transfer(rule, arguments, word, last);
                break;
            case OperandUse.Pack or OperandUse.Filter:
                Filter(rule, word, i);
                break;
            case OperandUse.Path:
                Path(arguments, word);
                break;
            default:
                Address(rule.Operands, word, i);
                break;
        }
    }

    private void Address(OperandUse use, Word word, int i)
    {
        switch (use)
        {
            case OperandUse.Url or OperandUse.Host when use == OperandUse.Url || i == 0:
                Hosts.Bare(facts, word);
                break;
            case OperandUse.Remote when Hosts.Remote(facts, word):
                break;
            case OperandUse.Assign:
                Assign(word);
                break;
            default:
                Likely(word);
                break;
        }
    }

    private void Read(Arguments arguments, Word word)
    {
        if (arguments.Has(OptionUse.InPlace))
        {
            facts.Writes(word.Shown, content: true);
        }
        else if (word.Text is not "-")
        {
            facts.Reads(word.Shown);
        }
    }

    private void Filter(ProgramRule rule, Word word, int i)
    {
        if (i > 0 == (rule.Operands == OperandUse.Pack))
        {
            facts.Reads(word.Shown);
            return;
        }

        facts.Writes(word.Shown, content: true);
        if (i > 0)
        {
            facts.Read(); // a second file that is written is easily overlooked
        }
    }

    private void Change(Word word, bool isFile)
    {
        if (isFile)
        {
            facts.Writes(word.Shown, content: false);
        }
    }

    private void Transfer(ProgramRule rule, Arguments arguments, Word word, bool last)
    {
        if (rule.Operands == OperandUse.Transfer && Hosts.Remote(facts, word))
        {
            return;
        }

        if (last && !arguments.Options.Exists(o => o.Name is "-t" or "--target-directory"))
        {
            facts.Writes(word.Shown, content: true);
        }
        else
        {
            facts.Reads(word.Shown);
            if (rule.Operands == OperandUse.Move)
            {
                facts.Writes(word.Shown, content: false);
            }
        }
    }

    private void Path(Arguments arguments, Word word)
    {
        if (word.Text is "(" or ")" or "!" or "," or "-")
        {
            return;
        }

        facts.Path(word.Shown);
        if (arguments.Has(OptionUse.Deletes))
        {
            facts.Writes(word.Shown, content: false);
        }
    }

    private void Assign(Word word)
    {
        if (ArgumentReader.Assigned(word))
        {
            var equals = word.Text.IndexOf('=');
            EnvironmentRules.Note(facts, word.Text[..equals], word with { Text = word.Text[(equals + 1)..], Raw = word.Raw[(word.Raw.IndexOf('=') + 1)..] });
        }
        else if (!word.IsLiteral || word.Text.Any(c => c != '_' && !char.IsAsciiLetterOrDigit(c)))
        {
            facts.Opaque("an assignment that is not known");
        }
    }

    private void Likely(Word word)
    {
        if (PathText.IsLikely(word.Text))
        {
            facts.Path(word.Shown);
            if (word is { IsLiteral: true, Text: ['@', _, ..] })
            {
                facts.Path(word.Text[1..]);
            }

            if (word.IsLiteral && word.Text.IndexOf(':') is > 1 and var colon && PathText.IsLikely(word.Text[(colon + 1)..]))
            {
                facts.Path(word.Text[(colon + 1)..]); // a file of a revision, as git writes it
            }
        }
    }

    private static string NameOf(Word url)
    {
        var path = url.Text.Split('?', '#')[0];
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Length == 0 || name == path ? "index.html" : name;
    }
}
