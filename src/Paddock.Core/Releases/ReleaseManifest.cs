using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Releases;

/// <summary>
/// The canonical manifest of a release: the line <c>paddock/v1alpha1</c>, then one line per file in the order of its path's UTF-8
/// bytes: SHA-256 of the file in lower-case hexadecimal, two blanks, the path, a line feed. The release's digest is SHA-256 of
/// these bytes, so it depends on every byte of every file and on nothing else; anyone can compute it with <c>sha256sum</c>.
/// </summary>
public static class ReleaseManifest
{
    public static string Text(IEnumerable<SourceFile> files)
    {
        var text = new StringBuilder("paddock/v1alpha1\n");
        foreach (var file in Sorted(files))
        {
            text.Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))).Append("  ").Append(file.Path).Append('\n');
        }

        return text.ToString();
    }

    public static ReleaseDigest Digest(IEnumerable<SourceFile> files) =>
        ReleaseDigest.Parse("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(files)))));

    /// <summary>The files in manifest order, which is also the order in which their documents count.</summary>
    public static IOrderedEnumerable<SourceFile> Sorted(IEnumerable<SourceFile> files) =>
        files.OrderBy(file => Encoding.UTF8.GetBytes(file.Path), Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
}
