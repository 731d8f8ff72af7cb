using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Finds a stored release by its digest or the beginning of it.</summary>
internal static class FindRelease
{
    public const string Missing = "There is no such release, or several begin so.";

    private const int Looked = 1000;
    private const int ShortestPrefix = 6;

    public static async Task<ReleaseDigest?> InAsync(IReleaseStore store, string text, CancellationToken cancellationToken)
    {
        var digits = text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : text;
        if (digits.Length is < ShortestPrefix or > 64 || digits.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            return null;
        }

        if (digits.Length == 64)
        {
            return ReleaseDigest.Parse("sha256:" + digits);
        }

        var fitting = (await store.ListAsync(Looked, cancellationToken)).Where(release => release.Digest.Value.AsSpan(7).StartsWith(digits, StringComparison.Ordinal)).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0].Digest : null;
    }
}
