using System.Globalization;
using Paddock.Core.Audit.Tiles;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>
/// The logs that a witness knows, by origin. A later shard of a known log, <c>ORIGIN/2</c>, is known too as long as its key is the same;
/// one with another key, or that does not continue the log (<c>ORIGIN/3.1a2b…</c>), must be named.
/// </summary>
/// <param name="named">The keys that were given; their names are the origins.</param>
/// <param name="file">One key a line, read again when it has changed; null = none.</param>
internal sealed class WitnessedLogs(IReadOnlyList<VerifierKey> named, string? file)
{
    private readonly Lock gate = new();
    private List<VerifierKey> read = [];
    private DateTime readAt;

    /// <summary>The keys of an origin; none when it is unknown.</summary>
    /// <exception cref="InvalidDataException">The file holds something else than keys.</exception>
    public List<VerifierKey> KeysOf(string origin)
    {
        var known = named.Concat(Read()).ToList();
        var log = LogOf(origin);
        return [.. known.Where(key => key.Name == origin), .. known.Where(key => key.Name != origin && log is not null && (LogOf(key.Name) ?? key.Name) == log).Select(key => new VerifierKey(origin, key.Algorithm, key.PublicKey.Span))];
    }

    /// <summary>The origin of the first shard, of a later one's.</summary>
    private static string? LogOf(string origin) =>
        origin.LastIndexOf('/') is > 0 and var slash && int.TryParse(origin.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 1 and < 100_000 && number.ToString(CultureInfo.InvariantCulture) == origin[(slash + 1)..] ? origin[..slash] : null;

    private List<VerifierKey> Read()
    {
        if (file is null)
        {
            return read;
        }

        lock (gate)
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (written != readAt)
            {
                read = [.. File.ReadLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0 && !line.StartsWith('#')).Select(line =>
                    VerifierKey.Parse(line) is { Algorithm: NoteAlgorithm.Ed25519 } key ? key : throw new InvalidDataException($"{file} has a line that is no key of a log."))];
                readAt = written;
            }

            return read;
        }
    }
}
