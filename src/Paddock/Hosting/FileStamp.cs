using System.Security.Cryptography;

namespace Paddock.Hosting;

/// <summary>
/// Tells whether a file changed. Looking beats listening: editors replace files, orchestrators swap links, and network file systems
/// send no events.
/// </summary>
internal static class FileStamp
{
    /// <summary>Name and content of a small file; times and sizes can stay the same when a link is swapped.</summary>
    public static string Of(string path) => $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}";
}
