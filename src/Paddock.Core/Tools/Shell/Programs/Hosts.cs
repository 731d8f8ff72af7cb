using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Hosts in arguments. One that cannot be told stands as written, so that no list of good hosts contains it.</summary>
internal static class Hosts
{
    private const int MostPerWord = 16;

    /// <summary>Every <c>scheme://host</c> in a word.</summary>
    /// <returns>Whether there was one.</returns>
    public static bool InUrls(ShellFacts facts, Word word)
    {
        var text = word.Text;
        var (at, count) = (text.IndexOf("://", StringComparison.Ordinal), 0);
        for (; at >= 0; at = text.IndexOf("://", at + 3, StringComparison.Ordinal))
        {
            if (++count > MostPerWord)
            {
                facts.Opaque("too many addresses in one argument");
                break;
            }

            var scheme = at;
            while (scheme > 0 && (char.IsAsciiLetterOrDigit(text[scheme - 1]) || text[scheme - 1] is '+' or '-' or '.'))
            {
                scheme--;
            }

            var rest = text[(at + 3)..];
            if (text.AsSpan(scheme, at - scheme).Equals("file", StringComparison.OrdinalIgnoreCase))
            {
                facts.Read();
                facts.Reads(rest);
            }
            else
            {
                Authority(facts, word, rest);
            }
        }

        return count > 0;
    }

    /// <summary>A word that is an address or a host.</summary>
    public static void Bare(ShellFacts facts, Word word)
    {
        if (!InUrls(facts, word) && word.Text.Length > 0)
        {
            Authority(facts, word, word.Text.TrimStart('@'));
        }
    }

    /// <summary><c>host:path</c> or <c>user@host:path</c>, as git, scp and rsync take it.</summary>
    /// <returns>Whether it was one, or an address.</returns>
    public static bool Remote(ShellFacts facts, Word word)
    {
        if (InUrls(facts, word))
        {
            return true;
        }

        var colon = word.Text.IndexOf(':');
        var slash = word.Text.IndexOf('/');
        if (colon < 2 || (slash >= 0 && slash < colon))
        {
            return false;
        }

        Authority(facts, word, word.Text[..colon]);
        return true;
    }

    private static void Authority(ShellFacts facts, Word word, string text)
    {
        var end = text.AsSpan().IndexOfAny("/?# \t\n\"'`<>|,;()");
        var authority = end < 0 ? text : text[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..].ToLowerInvariant();
        if (host.StartsWith('['))
        {
            host = host.IndexOf(']') is var close and > 0 ? host[1..close] : host;
        }
        else if (host.LastIndexOf(':') is var colon and >= 0 && host.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            host = host[..colon];
        }

        var told = host.Length > 0 && host.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789.-_:") < 0;
        facts.Host(told ? host.TrimEnd('.') : word.Shown);
    }
}
