using System.Security.Cryptography;
using Paddock.Core.Ledger;

namespace Paddock.Gateway;

/// <summary>Makes the ids of calls. Asks the operating system for random bytes once in four hundred.</summary>
internal static class CallIds
{
    private const int AtOnce = 400 * CallId.RandomBytes;

    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int used;

    public static CallId Next(DateTimeOffset at)
    {
        if (random is null || used == AtOnce)
        {
            random ??= new byte[AtOnce];
            RandomNumberGenerator.Fill(random);
            used = 0;
        }

        used += CallId.RandomBytes;
        return CallId.Create(at, random.AsSpan(used - CallId.RandomBytes));
    }
}
