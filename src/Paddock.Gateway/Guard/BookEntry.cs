namespace Paddock.Gateway.Guard;

/// <summary>Who made a decision that is remembered.</summary>
internal enum BookSource
{
    /// <summary>The guard, in a model's answer.</summary>
    Gateway,
    /// <summary>Nobody: the call's arguments are Paddock's own.</summary>
    Paddock,
    /// <summary>Somebody outside asked first.</summary>
    Outside,
}

/// <summary>A decision that is remembered, or being made.</summary>
internal sealed class BookEntry(SameCall call, DateTimeOffset at, BookSource source)
{
    /// <summary>How long a call in an answer may be run later by an agent whose hook does not tell the call's id. Agents run the calls of one answer one after the other.</summary>
    private static readonly TimeSpan untilRun = TimeSpan.FromMinutes(10);

    /// <summary>How far apart two hooks for one call may ask, when neither tells its id.</summary>
    private static readonly TimeSpan together = TimeSpan.FromSeconds(5);

    public SameCall Call => call;

    public DateTimeOffset At => at;

    public BookSource Source => source;

    /// <summary>Never another wait.</summary>
    public Task<Judgement> Outcome { get; set; } = null!; // set before anybody sees it

    /// <summary>Cancelled when nobody waits for a decision that is being made.</summary>
    public CancellationTokenSource Given { get; } = new();

    /// <summary>How many wait for the outcome.</summary>
    public int Waiting { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>When somebody who does not tell the call's id first asked for it: later ones ask for the next equal call.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>Notes that somebody asks for it.</summary>
    public void Claim(SameCall asked, DateTimeOffset now)
    {
        if (asked.CallId is null || call.CallId is null)
        {
            ClaimedAt ??= now;
        }
    }

    public bool IsFor(SameCall asked, DateTimeOffset now)
    {
        var (mine, theirs) = (call, asked);
        var sameFolder = theirs.Digest.Directory is null || theirs.Digest.Directory == mine.Digest.Directory;
        var sameSession = theirs.Session is null || mine.Session is null || theirs.Session == mine.Session;
        if (!sameFolder || !sameSession)
        {
            return false;
        }

        return mine.CallId is not null && theirs.CallId is not null ? mine.CallId == theirs.CallId : IsForWithoutId(theirs, now);
    }

    /// <summary>One of the two does not tell the call's id: equal arguments in the same task, shortly after, are the same call, once.</summary>
    private bool IsForWithoutId(SameCall asked, DateTimeOffset now) => source switch
    {
        BookSource.Paddock => true,
        BookSource.Gateway => asked.Session is not null && now - at < untilRun && (ClaimedAt is null || now - ClaimedAt < together),
        _ => call.CallId is null && asked.CallId is null && (SettledAt is null || now - SettledAt < together),
    };
}
