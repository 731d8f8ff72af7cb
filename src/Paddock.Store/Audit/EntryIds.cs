using System.Security.Cryptography;

namespace Paddock.Store.Audit;

/// <summary>
/// Ids for entries: UUIDs of version 7 (RFC 9562, section 5.7). Their random part comes from a stock: asking the system for it each time
/// costs as much as writing down a tenth of an entry.
/// </summary>
internal static class EntryIds
{
    private const int Stock = 4096;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int used;

    public static Guid Next(DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[16];
        Fill(id[6..]);
        var milliseconds = now.ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
        {
            id[i] = (byte)(milliseconds >> (40 - (8 * i)));
        }

        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new(id, bigEndian: true);
    }

    /// <summary>What was given is not left behind.</summary>
    private static void Fill(Span<byte> target)
    {
        if (random is null || used + target.Length > Stock)
        {
            RandomNumberGenerator.Fill(random ??= new byte[Stock]);
            used = 0;
        }

        var given = random.AsSpan(used, target.Length);
        given.CopyTo(target);
        given.Clear();
        used += target.Length;
    }
}
