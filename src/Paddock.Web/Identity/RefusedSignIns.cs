using Paddock.Core.Audit;

namespace Paddock.Web.Identity;

/// <summary>
/// Puts into the audit log who showed no key that works: at most one entry per source and minute, with how many there were, so that whoever
/// guesses keys does not fill the log.
/// </summary>
internal sealed class RefusedSignIns(IAuditLog audit, TimeProvider time) : IDisposable
{
    /// <summary>Beyond these all others count as one source.</summary>
    private const int MostSources = 1_000;

    private static readonly TimeSpan period = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Seen> sources = new(StringComparer.Ordinal);
    private ITimer? looks;

    /// <param name="source">Address; null when it is not known.</param>
    public void Note(string? source)
    {
        lock (gate)
        {
            looks ??= time.CreateTimer(_ => Look(), null, period, period);
            var known = source ?? "";
            if (!sources.ContainsKey(known) && sources.Count >= MostSources)
            {
                known = "others";
            }

            var seen = sources.GetValueOrDefault(known, new(DateTimeOffset.MinValue, 0));
            sources[known] = Said(known, seen with { Count = seen.Count + 1 });
        }
    }

    public void Dispose() => looks?.Dispose();

    /// <summary>Says what was held back, and forgets who has not come again.</summary>
    private void Look()
    {
        lock (gate)
        {
            foreach (var (source, seen) in sources.ToArray())
            {
                if (seen.Count > 0)
                {
                    sources[source] = Said(source, seen);
                }
                else if (time.GetUtcNow() - seen.At >= period)
                {
                    sources.Remove(source);
                }
            }
        }
    }

    private Seen Said(string source, Seen seen)
    {
        var now = time.GetUtcNow();
        if (now - seen.At < period)
        {
            return seen;
        }

        audit.Post(SessionEntries.Refused(source.Length == 0 ? null : source, seen.Count));
        return new(now, 0);
    }

    /// <param name="At">Of the last entry.</param>
    /// <param name="Count">Since then.</param>
    private readonly record struct Seen(DateTimeOffset At, int Count);
}
