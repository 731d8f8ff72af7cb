using System.Collections.Frozen;

namespace Paddock.Core.Audit.Masking;

/// <summary>E-mail addresses, and what stands before the host of an address on the web to prove who calls.</summary>
internal static class AddressDetector
{
    private const int LongestLocal = 64, LongestDomain = 253, LeastToken = 16;

    /// <summary>Senders that are nobody, and the user that hosts of repositories have.</summary>
    private static readonly FrozenSet<string> nobody = FrozenSet.ToFrozenSet(["git", "noreply", "no-reply", "donotreply", "hg", "svn"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Endings of files that look like top-level domains in names such as <c>icon@2x.png</c>.</summary>
    private static readonly FrozenSet<string> files =
        FrozenSet.ToFrozenSet(["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "ico", "css", "js", "ts", "jsx", "tsx", "mjs", "cjs", "json", "html", "tgz", "zip", "tar", "gz", "yaml", "yml", "xml", "txt", "lock"], StringComparer.OrdinalIgnoreCase);

    public static void Find(ReadOnlySpan<char> text, List<Finding> into)
    {
        FindUserInfo(text, into);
        for (var at = 0; at < text.Length && text[at..].IndexOf('@') is >= 0 and var next; at++)
        {
            at += next;
            var local = LocalLength(text[..at]);
            var domain = DomainLength(text[(at + 1)..]);
            if (local > 0 && domain > 0 && !IsPassword(text[Math.Max(0, at - local - LongestDomain)..(at - local)]) && !nobody.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.Slice(at - local, local)))
            {
                into.Add(new(at - local, local + 1 + domain, MaskKinds.Email));
                at += domain;
            }
        }
    }

    /// <summary>Whether what follows is the second half of <c>//user:password</c>.</summary>
    private static bool IsPassword(ReadOnlySpan<char> before) => before is [.., ':'] && before.LastIndexOfAny("/ \t\n\"'") is > 0 and var slash && before[slash] == '/' && before[slash - 1] == '/' && slash + 2 < before.Length;

    private static int LocalLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length <= LongestLocal && (char.IsAsciiLetterOrDigit(text[^(length + 1)]) || text[^(length + 1)] is '.' or '_' or '%' or '+' or '-' or >= '\x80'))
        {
            length++;
        }

        if (length > 1 && length < text.Length && text[^(length + 1)] == '\\' && text[^length] is 'n' or 'r' or 't')
        {
            length--; // an escaped line end
        }

        var local = text[^length..].TrimStart(".-%").Length;
        return local <= LongestLocal ? local : 0;
    }

    private static int DomainLength(ReadOnlySpan<char> text)
    {
        var run = text[..Math.Min(text.Length, LongestDomain)];
        var end = 0;
        while (end < run.Length && (char.IsAsciiLetterOrDigit(run[end]) || run[end] is '.' or '-'))
        {
            end++;
        }

        run = run[..end].TrimEnd(".-");
        var dot = run.LastIndexOf('.');
        var top = run[(dot + 1)..];
        var isDomain = dot > 0 && run[0] is not ('.' or '-') && run.IndexOf("..", StringComparison.Ordinal) < 0 && top.Length is >= 2 and <= 24 && !top.ContainsAnyExceptInRange('A', 'z');
        return isDomain && !files.GetAlternateLookup<ReadOnlySpan<char>>().Contains(top) ? run.Length : 0;
    }

    /// <summary>The password of <c>scheme://user:password@host</c> (RFC 3986 section 3.2.1), or a token that stands alone there.</summary>
    private static void FindUserInfo(ReadOnlySpan<char> text, List<Finding> into)
    {
        for (var at = 0; at < text.Length && text[at..].IndexOf("://", StringComparison.Ordinal) is >= 0 and var next; at += next + 3)
        {
            var start = at + next + 3;
            var rest = text[start..];
            if (rest.IndexOfAny("@/?# \t\r\n\"'<>`\\") is not (>= 0 and var end) || rest[end] != '@')
            {
                continue;
            }

            var info = rest[..end];
            var colon = info.IndexOf(':');
            var value = colon >= 0 ? new SecretValue(start + colon + 1, end - colon - 1, IsQuoted: true) : new SecretValue(start, end, IsQuoted: true);
            if (value.Length > 0 && value.IsLiteral(text) && (colon >= 0 || (info.Length >= LeastToken && info.ContainsAnyInRange('0', '9'))))
            {
                into.Add(new(value.Start, value.Length, MaskKinds.Password));
            }
        }
    }
}
