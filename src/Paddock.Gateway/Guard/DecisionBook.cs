namespace Paddock.Gateway.Guard;

/// <summary>
/// The decisions of the last day, so that one call is decided once: a hook for a call that the gateway released hears the gateway's
/// decision, two hooks at once hear one, and no approval is used twice for one call. What waits for an approval is not kept.
/// </summary>
internal sealed class DecisionBook(TimeProvider time)
{
    /// <summary>Decisions that are kept at most; the oldest give way.</summary>
    public const int Most = 20_000;

    private const int MostEqual = 256;

    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Principal, string Digest), List<BookEntry>> entries = [];
    private readonly Queue<BookEntry> order = [];

    /// <summary>Notes what the gateway decides on a call in an answer, from before it is decided. Of calls under one id the last counts.</summary>
    public Judgement Note(SameCall? call, Func<Judgement> decide)
    {
        if (call is null)
        {
            return decide();
        }

        var made = new TaskCompletionSource<Task<Judgement>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = new BookEntry(call, time.GetUtcNow(), BookSource.Gateway) { Outcome = made.Task.Unwrap() };
        lock (gate)
        {
            ListOf(call)?.RemoveAll(other => other.Call == call);
            Add(entry);
        }

        try
        {
            var judgement = decide();
            if (judgement is not Judgement.Waits)
            {
                Settle(entry, judgement.Stays);
            }

            made.SetResult(judgement is Judgement.Waits waits ? FollowAsync(entry, waits) : Task.FromResult(judgement));
            return judgement;
        }
        catch
        {
            Settle(entry, stays: false);
            made.SetCanceled();
            throw;
        }
    }

    /// <summary>Notes a call as Paddock wrote it in the place of a refused one: it is harmless, and nobody has to judge it.</summary>
    /// <param name="call">With the arguments that Paddock wrote.</param>
    public void NoteWritten(SameCall? call, Judgement refusal)
    {
        if (call is not null)
        {
            lock (gate)
            {
                Add(new(call, time.GetUtcNow(), BookSource.Paddock) { Outcome = Task.FromResult<Judgement>(new Judgement.Allowed(refusal.Decision) { Rule = refusal.Rule, Release = refusal.Release }) });
            }
        }
    }

    /// <summary>Finds the decision on a call, or makes it, once for all who ask at the same time.</summary>
    /// <param name="decide">Is given up when nobody waits for it any more.</param>
    /// <param name="patience">How long to wait for a decision that somebody else has asked for.</param>
    /// <exception cref="TimeoutException">It is not made yet.</exception>
    public async Task<Judgement> OnceAsync(SameCall call, Func<CancellationToken, Task<Judgement>> decide, TimeSpan patience, CancellationToken cancellationToken)
    {
        BookEntry entry;
        lock (gate)
        {
            entry = Find(call) ?? Begin(call, decide);
            entry.Waiting++;
            entry.Claim(call, time.GetUtcNow());
        }

        try
        {
            return await entry.Outcome.WaitAsync(patience, time, cancellationToken);
        }
        finally
        {
            Leave(entry);
        }
    }

    private BookEntry Begin(SameCall call, Func<CancellationToken, Task<Judgement>> decide)
    {
        var entry = new BookEntry(call, time.GetUtcNow(), BookSource.Outside);
        entry.Outcome = DecideAsync(entry, decide);
        Add(entry);
        return entry;
    }

    private async Task<Judgement> DecideAsync(BookEntry entry, Func<CancellationToken, Task<Judgement>> decide)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // not under the gate
        var stays = false;
        try
        {
            var judgement = await decide(entry.Given.Token);
            stays = judgement.Stays;
            return judgement;
        }
        finally
        {
            Settle(entry, stays);
        }
    }

    private async Task<Judgement> FollowAsync(BookEntry entry, Judgement.Waits waits)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var stays = false;
        try
        {
            var judgement = await waits.Outcome;
            stays = judgement.Stays;
            return judgement with { Rule = waits.Rule, Warning = waits.Warning, Release = waits.Release };
        }
        finally
        {
            Settle(entry, stays);
        }
    }

    private void Settle(BookEntry entry, bool stays)
    {
        lock (gate)
        {
            entry.SettledAt = time.GetUtcNow();
            if (!stays)
            {
                ListOf(entry.Call)?.Remove(entry);
            }
        }
    }

    /// <summary>Who asked and went away has no use for a decision: the last of them ends it, so that no approval is used for nobody.</summary>
    private void Leave(BookEntry entry)
    {
        lock (gate)
        {
            entry.Waiting--;
            if (entry is not { Waiting: 0, Source: BookSource.Outside, SettledAt: null })
            {
                return;
            }

            ListOf(entry.Call)?.Remove(entry);
        }

        entry.Given.Cancel();
    }

    private BookEntry? Find(SameCall call)
    {
        var now = time.GetUtcNow();
        return ListOf(call)?.FindLast(entry => now - entry.At < Kept && entry.IsFor(call, now));
    }

    private List<BookEntry>? ListOf(SameCall call) => entries.GetValueOrDefault((call.Principal, call.Digest.Value));

    private void Add(BookEntry entry)
    {
        var key = (entry.Call.Principal, entry.Call.Digest.Value);
        if (!entries.TryGetValue(key, out var list))
        {
            entries[key] = list = [];
        }

        if (list.Count == MostEqual)
        {
            list.RemoveAt(0);
        }

        list.Add(entry);
        order.Enqueue(entry);
        while (order.TryPeek(out var oldest) && (order.Count > Most || entry.At - oldest.At >= Kept))
        {
            order.Dequeue();
            Forget(oldest);
        }
    }

    private void Forget(BookEntry entry)
    {
        if (ListOf(entry.Call) is { } list)
        {
            list.Remove(entry);
            if (list.Count == 0)
            {
                entries.Remove((entry.Call.Principal, entry.Call.Digest.Value));
            }
        }
    }
}
