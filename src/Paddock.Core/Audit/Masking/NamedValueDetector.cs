using Paddock.Core.Policies.Decisions;

namespace Paddock.Core.Audit.Masking;

/// <summary>Values whose names say that they are secrets: assignments, headers, options, and <c>Bearer</c> wherever it stands.</summary>
internal static class NamedValueDetector
{
    private const string Bearer = "bearer ";

    private static readonly string[] schemes = [Bearer, "basic ", "token ", "digest ", "apikey ", "bot "];

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        FindAssigned(text, into);
        FindOptions(text, into);
        for (var at = 0; at < text.Length && text[at..].IndexOf(Bearer, StringComparison.OrdinalIgnoreCase) is >= 0 and var next; at += next + Bearer.Length)
        {
            var value = SecretValue.At(text, at + next + Bearer.Length, quotes: false);
            if (CharSets.Begins(text, at + next) && (value.Length >= 20 || (value.Length >= 8 && value.Of(text).ContainsAnyInRange('0', '9'))) && value.IsLiteral(text))
            {
                into.Add(new(value.Start, value.Length, MaskKinds.Credential));
            }
        }
    }

    private static void FindAssigned(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOfAny('=', ':') is >= 0 and var next; at++)
        {
            at += next;
            if (SecretNames.KindOf(NameBefore(text, at)) is not { } kind || ValueStart(text, at) is not { } start)
            {
                continue;
            }

            var isTight = text[at] == '=' && start == at + 1;
            var value = kind == MaskKinds.Cookie ? SecretValue.Line(text, start) : SecretValue.At(text, AfterScheme(text, start), quotes: true);
            if (value.IsSecret(text, isTight))
            {
                into.Add(new(value.Start, value.Length, kind));
            }
        }
    }

    /// <summary>The name that a separator belongs to, without quotes around it.</summary>
    private static ReadOnlySpan<char> NameBefore(ReadOnlySpan<char> text, int separator)
    {
        var before = text[..separator].TrimEnd(' ');
        before = before.EndsWith("\\\"", StringComparison.Ordinal) ? before[..^2] : before.EndsWith("\"", StringComparison.Ordinal) || before.EndsWith("'", StringComparison.Ordinal) ? before[..^1] : before;
        var name = before[^CharSets.RunBack(before, TokenChars.Dotted)..];
        if (before[..^name.Length].EndsWith("//", StringComparison.Ordinal))
        {
            return []; // who calls, in an address
        }

        return name.Length < before.Length && before[^(name.Length + 1)] == '\\' && name.Length > 1 ? name[1..] : name;
    }

    /// <summary>Behind <c>=</c>, <c>:</c>, <c>=></c> or <c>:=</c> and blanks; null for what compares or joins.</summary>
    private static int? ValueStart(ReadOnlySpan<char> text, int separator)
    {
        var start = separator + 1;
        if (start < text.Length && ((text[separator] == '=' && text[start] == '>') || (text[separator] == ':' && text[start] == '=')))
        {
            start++;
        }
        else if (start >= text.Length || text[start] is '=' or ':' || (text[separator] == ':' && text[start..].StartsWith("//", StringComparison.Ordinal)))
        {
            return null;
        }

        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        return start < text.Length ? start : null;
    }

    private static int AfterScheme(ReadOnlySpan<char> text, int start)
    {
        var quote = SecretValue.QuoteAt(text, start);
        foreach (var scheme in schemes)
        {
            if (text[(start + quote)..].StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return start + quote + scheme.Length;
            }
        }

        return start;
    }

    /// <summary><c>--password VALUE</c>, and options that programs call otherwise.</summary>
    private static void FindOptions(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOf('-') is >= 0 and var next; at++)
        {
            at += next;
            if (at > 0 && text[at - 1] is not (' ' or '\t' or '\n' or '"' or '\'' or '['))
            {
                at += CharSets.Run(text[at..], TokenChars.Dotted);
                continue;
            }

            var option = text.Slice(at, CharSets.Run(text[at..], TokenChars.Dotted));
            var kind = option.StartsWith("--", StringComparison.Ordinal) ? SecretNames.KindOf(option) : null;
            kind ??= option.Length is > 1 and < 20 && SecretMask.TakesSecret(ProgramOf(text, at), option.ToString()) ? MaskKinds.Credential : null;
            at += option.Length;
            if (kind is null || at >= text.Length || text[at] is not (' ' or '\t'))
            {
                continue;
            }

            var value = SecretValue.At(text, at + CountBlanks(text[at..]), quotes: true);
            if (value.Length >= 4 && value.IsLiteral(text) && value.Of(text)[0] != '-')
            {
                into.Add(new(value.Start, value.Length, kind));
            }
        }
    }

    private static int CountBlanks(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(' ', '\t') is >= 0 and var blanks ? blanks : text.Length;

    /// <summary>The first word of the command that an option stands in.</summary>
    private static string ProgramOf(ReadOnlySpan<char> text, int option)
    {
        var before = text[Math.Max(0, option - 500)..option];
        var command = before[(before.LastIndexOfAny(";|&\n(`") + 1)..].TrimStart(" \t\"'{[");
        foreach (var part in command.Split(' '))
        {
            var word = command[part].Trim("\"'");
            if (!word.IsEmpty && !word.Contains('=') && word is not "sudo" and not "env" and not "exec" and not "time")
            {
                return word.ToString();
            }
        }

        return "";
    }
}
