using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Sorts words into options and operands, as getopt would: clusters of letters, attached and separate values, abbreviated long names.</summary>
internal ref struct ArgumentReader(ProgramRule rule, ReadOnlySpan<Word> words)
{
    private readonly ReadOnlySpan<Word> words = words;
    private readonly Arguments found = new();
    private int i;

    /// <param name="words">Without the program's name.</param>
    public static Arguments Read(ProgramRule rule, ReadOnlySpan<Word> words) => new ArgumentReader(rule, words).Read();

    private Arguments Read()
    {
        found.CommandAt = words.Length;
        var ended = false;
        for (; i < words.Length && found.CommandAt == words.Length; i++)
        {
            var word = words[i];
            found.Doubtful ??= !ended && MayBeOption(word) ? word : null;
            if (!ended && word.Text == "--")
            {
                ended = true;
            }
            else if (!ended && IsOption(word.Text))
            {
                Option(word);
            }
            else if (found.Operands.Count == 0 && rule.Traits.Contains("assign") && Assigned(word))
            {
                found.Assignments.Add(word);
            }
            else if (rule.StopsAtOperand && found.Operands.Count == rule.Leading)
            {
                found.CommandAt = i;
            }
            else
            {
                found.Operands.Add(word);
            }
        }

        return found;
    }

    private static bool MayBeOption(Word word) => !word.IsLiteral && (word.IsFed || word.Text is ['$' or '`', ..]);

    /// <summary>Whether a word begins like <c>NAME=</c>.</summary>
    public static bool Assigned(Word word)
    {
        var equals = word.Text.IndexOf('=');
        return equals > 0 && !char.IsAsciiDigit(word.Text[0]) && word.Text.AsSpan(0, equals).IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") < 0;
    }

    private static bool TakesValue(OptionUse use) => use is OptionUse.Value or OptionUse.Path or OptionUse.Mount or OptionUse.Read or OptionUse.Host or OptionUse.Data or OptionUse.Upload
        or OptionUse.Write or OptionUse.Config or OptionUse.Script or OptionUse.Module or OptionUse.Line or OptionUse.DarkLine;

    private readonly bool IsOption(string text) => text.Length > 1 && (text[0] == '-' || (text[0] == '+' && (rule.Kind == ProgramKind.Menu || rule.Options.ContainsKey(text[..2]))));

    private void Option(Word word)
    {
        var text = word.Text;
        var equals = text.IndexOf('=');
        var name = equals < 0 ? text : text[..equals];
        if (text[0] == '+' && rule.Kind == ProgramKind.Menu)
        {
            found.Options.Add((text, OptionUse.Flag, null));
        }
        else if (Use(name) is { } use)
        {
            Take(name, use, equals < 0 ? null : Part(word, equals + 1));
        }
        else if (text[1] != '-' && !rule.Traits.Contains("long"))
        {
            Cluster(word);
        }
        else if (text.Length > 2 && text[1] != '-' && rule.Options.TryGetValue(text[..2], out var first) && TakesValue(first))
        {
            Take(text[..2], first, Part(word, 2)); // -ofile, where options are otherwise long
        }
        else
        {
            found.Options.Add((name, OptionUse.Flag, equals < 0 ? null : Part(word, equals + 1)));
            Unknown(name);
        }
    }

    private readonly OptionUse? Use(string name)
    {
        if (rule.Options.TryGetValue(name, out var use) || (name.StartsWith("--", StringComparison.Ordinal) && rule.Traits.Contains("long") && rule.Options.TryGetValue(name[1..], out use)))
        {
            return use;
        }

        OptionUse? worst = null;
        if (name.Length >= 4 && name.StartsWith("--", StringComparison.Ordinal))
        {
            foreach (var (known, meaning) in rule.Options)
            {
                worst = known.StartsWith(name, StringComparison.Ordinal) && (worst is null || meaning > worst) ? meaning : worst;
            }
        }

        return worst;
    }

    private void Cluster(Word word)
    {
        for (var at = 1; at < word.Text.Length; at++)
        {
            var name = $"{word.Text[0]}{word.Text[at]}";
            var rest = at + 1 < word.Text.Length ? Part(word, at + 1) : null;
            if (!rule.Options.TryGetValue(name, out var use))
            {
                var path = rest is not null && rest.Text.AsSpan().IndexOfAny('/', '.') >= 0; // -I/usr/include
                found.Options.Add((name, OptionUse.Flag, path ? rest : null));
                Unknown(name);
                if (path && !rule.IsStrict)
                {
                    return;
                }

                continue;
            }

            if (TakesValue(use) || use is OptionUse.Maybe or OptionUse.InPlace)
            {
                Take(name, use, rest);
                return;
            }

            Take(name, use, null);
        }
    }

    private void Take(string name, OptionUse use, Word? value)
    {
        if (use == OptionUse.Command)
        {
            Command(name, value);
            return;
        }

        if (value is null && TakesValue(use) && i + 1 < words.Length)
        {
            value = words[++i];
        }

        found.Options.Add((name, use, value));
        if (use == OptionUse.Module)
        {
            found.CommandAt = i + 1;
            if (value is not null)
            {
                found.Commands.Add([value, .. words[(i + 1)..]]);
            }

            i = words.Length;
        }
    }

    private void Command(string name, Word? value)
    {
        var start = ++i;
        while (i < words.Length && !(words[i] is { IsLiteral: true, Text: ";" } || (words[i] is { IsLiteral: true, Text: "+" } && i > start && words[i - 1].Text == "{}")))
        {
            i++;
        }

        found.Options.Add((name, OptionUse.Command, value));
        if (i > start)
        {
            found.Commands.Add(words[start..i].ToArray());
        }
    }

    private readonly void Unknown(string name)
    {
        if (rule.IsStrict)
        {
            found.Unknown ??= name;
        }
    }

    private static Word Part(Word word, int from) => word with { Text = word.Text[from..], Raw = word.Text[from..] };
}
