using System.Collections.Frozen;

namespace Paddock.Core.Audit.Masking;

/// <summary>Names whose values are secrets: the last word of <c>DB_PASSWORD</c>, <c>smtpPass</c> or <c>x-api-key</c> says so.</summary>
internal static class SecretNames
{
    private const int Longest = 80;

    private static readonly FrozenDictionary<string, string> last = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["pass"] = MaskKinds.Password,
        ["pwd"] = MaskKinds.Password,
        ["passcode"] = MaskKinds.Password,
        ["pw"] = MaskKinds.Password,
        ["secret"] = MaskKinds.Credential,
        ["token"] = MaskKinds.Credential,
        ["credential"] = MaskKinds.Credential,
        ["credentials"] = MaskKinds.Credential,
        ["apikey"] = MaskKinds.Credential,
        ["authorization"] = MaskKinds.Credential,
        ["sig"] = MaskKinds.Credential,
        ["cookie"] = MaskKinds.Cookie,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words before <c>key</c> that make it a secret one.</summary>
    private static readonly FrozenSet<string> keys =
        FrozenSet.ToFrozenSet(["api", "access", "secret", "private", "auth", "account", "encryption", "signing", "master", "app", "shared", "storage", "service", "admin", "deploy"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Endings of names in one word.</summary>
    private static readonly string[] endings =
        ["password", "passwd", "passphrase", "apikey", "accesskey", "secretkey", "privatekey", "authkey", "accountkey", "authtoken", "accesstoken", "refreshtoken", "clientsecret", "amzsignature"];

    /// <summary>Tokens that only say where a list goes on.</summary>
    private static readonly FrozenSet<string> places = FrozenSet.ToFrozenSet(["page", "continuation", "next", "sync", "cancellation", "stop", "cursor"], StringComparer.OrdinalIgnoreCase);

    /// <returns>What the value is; null for a name that says nothing.</returns>
    public static string? KindOf(ReadOnlySpan<char> name)
    {
        name = name.TrimEnd("0123456789_-.");
        if (name.Length is 0 or > Longest)
        {
            return null;
        }

        var start = LastWord(name);
        var word = name[start..];
        var before = name[..start].TrimEnd("_-.");
        var previous = before[LastWord(before)..];
        if (last.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var kind))
        {
            return word.Equals("token", StringComparison.OrdinalIgnoreCase) && places.GetAlternateLookup<ReadOnlySpan<char>>().Contains(previous) ? null : kind;
        }

        if (word.Equals("key", StringComparison.OrdinalIgnoreCase))
        {
            return keys.GetAlternateLookup<ReadOnlySpan<char>>().Contains(previous) ? MaskKinds.Credential : null;
        }

        return Ending(name);
    }

    private static string? Ending(ReadOnlySpan<char> name)
    {
        Span<char> joined = stackalloc char[name.Length];
        var length = 0;
        foreach (var c in name)
        {
            if (c is not ('_' or '-' or '.'))
            {
                joined[length++] = c;
            }
        }

        foreach (var ending in endings)
        {
            if (joined[..length].EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return ending.StartsWith("pass", StringComparison.Ordinal) ? MaskKinds.Password : MaskKinds.Credential;
            }
        }

        return null;
    }

    /// <summary>Where the last word of a name begins: after <c>_ - .</c>, or at a hump.</summary>
    private static int LastWord(ReadOnlySpan<char> name)
    {
        var start = name.LastIndexOfAny("_-.") + 1;
        for (var i = name.Length - 1; i > start; i--)
        {
            if (char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]))
            {
                return i;
            }
        }

        return start;
    }
}
