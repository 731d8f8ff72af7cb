namespace Paddock.Core.Identity;

/// <summary>
/// The text of an API key: <c>pk_</c>, 8 characters that identify the key in lists (its prefix), <c>_</c>, 32 random characters,
/// and 6 characters of CRC-32 over all before them. All characters after <c>pk_</c> are base 62. The checksum lets a scanner, or
/// the gateway, tell a mistyped key from an unknown one without a look-up.
/// </summary>
public static class KeyToken
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int PrefixLength = 11;
    private const string KeyStart = "pk_", SessionStart = "ps_";

    /// <summary>Length of every key, in characters.</summary>
    public const int Length = 50;

    /// <summary>Makes a key from 40 random bytes; each byte picks one character (modulo 62; the bias costs under 0.1 bit each).</summary>
    public static Secret Create(ReadOnlySpan<byte> random) => Create(random, KeyStart);

    /// <summary>
    /// The secret of a session, made alike and begun by <c>ps_</c>: its client changes it for short tokens, and no model call takes it.
    /// </summary>
    public static Secret CreateSessionSecret(ReadOnlySpan<byte> random) => Create(random, SessionStart);

    private static Secret Create(ReadOnlySpan<byte> random, string start)
    {
        if (random.Length != 40)
        {
            throw new ArgumentException("A key is made from 40 random bytes.", nameof(random));
        }

        Span<char> text = stackalloc char[Length];
        start.CopyTo(text);
        for (var i = 0; i < 8; i++)
        {
            text[3 + i] = Digits[random[i] % 62];
        }

        text[PrefixLength] = '_';
        for (var i = 0; i < 32; i++)
        {
            text[12 + i] = Digits[random[8 + i] % 62];
        }

        WriteChecksum(text[..44], text[44..]);
        return new(text.ToString());
    }

    /// <summary>The part that may be shown: <c>pk_</c> and 8 characters.</summary>
    public static string PrefixOf(ReadOnlySpan<char> token) => token[..PrefixLength].ToString();

    /// <summary>Whether the text has a key's shape and its checksum is right. It says nothing about whether the key exists.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> token) => IsWellFormed(token, KeyStart);

    /// <summary>The same for the secret of a session.</summary>
    public static bool IsSessionSecret(ReadOnlySpan<char> token) => IsWellFormed(token, SessionStart);

    private static bool IsWellFormed(ReadOnlySpan<char> token, string start)
    {
        if (token.Length != Length || !token.StartsWith(start, StringComparison.Ordinal) || token[PrefixLength] != '_')
        {
            return false;
        }

        Span<char> sum = stackalloc char[6];
        WriteChecksum(token[..44], sum);
        return token[44..].SequenceEqual(sum);
    }

    private static void WriteChecksum(ReadOnlySpan<char> text, Span<char> target)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var c in text)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ c)];
        }

        crc ^= 0xFFFF_FFFFu;
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = Digits[(int)(crc % 62)];
            crc /= 62;
        }
    }

    private static readonly uint[] Table = MakeTable();

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var c = i;
            for (var k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? 0xEDB8_8320u ^ (c >> 1) : c >> 1;
            }

            table[i] = c;
        }

        return table;
    }
}
