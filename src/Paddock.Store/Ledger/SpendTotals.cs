namespace Paddock.Store.Ledger;

/// <summary>Spend of one subject in one quarter of an hour.</summary>
/// <param name="Bucket">Start of the quarter, Unix microseconds.</param>
/// <param name="Kind">key, user, team or task.</param>
internal readonly record struct SpendRow(long Bucket, string Kind, string Subject, long NanoUsd, long Tokens);

/// <summary>Spend of one batch, so that the rollup is written once per batch and subject.</summary>
internal sealed class SpendTotals
{
    public const long BucketMicros = 15L * 60 * 1_000_000;

    private readonly Dictionary<(CallContext Context, long Bucket), (long NanoUsd, long Tokens)> byContext = [];

    public void Clear() => byContext.Clear();

    /// <summary>Adds one ended call.</summary>
    /// <param name="context">Whom it is charged to.</param>
    /// <param name="openedAt">Unix microseconds: a call belongs to the quarter in which it was admitted.</param>
    /// <param name="nanoUsd">Its cost.</param>
    /// <param name="tokens">Its tokens.</param>
    public void Add(CallContext context, long openedAt, long nanoUsd, long tokens)
    {
        if (nanoUsd == 0 && tokens == 0)
        {
            return;
        }

        var key = (context, openedAt - (((openedAt % BucketMicros) + BucketMicros) % BucketMicros));
        var before = byContext.GetValueOrDefault(key);
        byContext[key] = (before.NanoUsd + nanoUsd, before.Tokens + tokens);
    }

    /// <summary>The rows to add, sorted, so that two processes that add to the same subjects never wait for each other in a circle.</summary>
    public List<SpendRow> Rows()
    {
        var rows = new Dictionary<(long, string, string), (long NanoUsd, long Tokens)>();
        foreach (var ((context, bucket), spent) in byContext)
        {
            AddTo("key", context.Key);
            AddTo("user", context.Principal);
            if (context.Task is { } task)
            {
                AddTo("task", task);
            }

            foreach (var team in context.Teams)
            {
                AddTo("team", team);
            }

            void AddTo(string kind, string subject)
            {
                var before = rows.GetValueOrDefault((bucket, kind, subject));
                rows[(bucket, kind, subject)] = (before.NanoUsd + spent.NanoUsd, before.Tokens + spent.Tokens);
            }
        }

        return [.. rows.Select(r => new SpendRow(r.Key.Item1, r.Key.Item2, r.Key.Item3, r.Value.NanoUsd, r.Value.Tokens))
            .OrderBy(r => r.Bucket).ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Subject, StringComparer.Ordinal)];
    }
}
