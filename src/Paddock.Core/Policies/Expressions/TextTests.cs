using System.Net;

namespace Paddock.Core.Policies.Expressions;

/// <summary>Questions about texts that CEL does not have: paths, hosts and addresses.</summary>
internal static class TextTests
{
    /// <summary>
    /// <c>*</c> and <c>?</c> stay in one part of a path; <c>**</c> as a part of its own stands for any number of parts, also for none.
    /// Only the last star is ever gone back to, so the time is at most the product of both lengths.
    /// </summary>
    public static bool Glob(string path, string pattern)
    {
        var (at, wanted, star, mark) = (0, 0, -1, 0);
        while (at <= path.Length)
        {
            if (wanted <= pattern.Length)
            {
                var part = PartAt(pattern, wanted);
                if (part is "**")
                {
                    (star, mark, wanted) = (wanted + 3, at, wanted + 3);
                    continue;
                }

                var name = PartAt(path, at);
                if (FitsPart(name, part))
                {
                    (at, wanted) = (at + name.Length + 1, wanted + part.Length + 1);
                    continue;
                }
            }

            if (star < 0)
            {
                return false;
            }

            mark += PartAt(path, mark).Length + 1;
            (at, wanted) = (mark, star);
        }

        while (wanted <= pattern.Length && PartAt(pattern, wanted) is "**")
        {
            wanted += 3;
        }

        return wanted > pattern.Length;
    }

    /// <summary>The domain itself, or a host below it; case does not matter.</summary>
    public static bool InDomain(string host, string domain)
    {
        var name = host.AsSpan().TrimEnd('.');
        var of = domain.AsSpan().Trim('.');
        return of.Length > 0 && name.EndsWith(of, StringComparison.OrdinalIgnoreCase) && (name.Length == of.Length || name[^(of.Length + 1)] == '.');
    }

    /// <summary>What is no address lies in no network.</summary>
    public static bool InCidr(string address, string network)
    {
        if (TryV4(address, out var of) && network.LastIndexOf('/') is var slash && slash > 0 && TryV4(network.AsSpan(0, slash), out var net)
            && int.TryParse(network.AsSpan(slash + 1), out var bits) && bits is >= 0 and <= 32)
        {
            return bits == 0 || (of ^ net) >> (32 - bits) == 0;
        }

        return IPNetwork.TryParse(network, out var parsed) && IPAddress.TryParse(address, out var ip) && parsed.Contains(ip);
    }

    public static bool IsNetwork(string network) => IPNetwork.TryParse(network, out _);

    private static bool TryV4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var parts = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (++parts > 4 || part.Length is 0 or > 3 || !byte.TryParse(part, System.Globalization.NumberStyles.None, null, out var value) || (part.Length > 1 && part[0] == '0'))
            {
                return false;
            }

            address = (address << 8) | value;
        }

        return parts == 4;
    }

    private static ReadOnlySpan<char> PartAt(string text, int start)
    {
        var rest = text.AsSpan(start);
        var end = rest.IndexOf('/');
        return end < 0 ? rest : rest[..end];
    }

    private static bool FitsPart(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        var (at, wanted, star, mark) = (0, 0, -1, 0);
        while (at < name.Length)
        {
            if (wanted < pattern.Length && pattern[wanted] == '*')
            {
                (star, mark) = (++wanted, at);
            }
            else if (wanted < pattern.Length && (pattern[wanted] == '?' || pattern[wanted] == name[at]))
            {
                (at, wanted) = (at + 1, wanted + 1);
            }
            else if (star >= 0)
            {
                (at, wanted) = (++mark, star);
            }
            else
            {
                return false;
            }
        }

        return pattern[wanted..].IndexOfAnyExcept('*') < 0;
    }
}
