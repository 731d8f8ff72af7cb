using System.Collections.Immutable;

namespace Paddock.Core.Ledger;

/// <summary>A call as the ledger holds it: its opening and, once it ended, its closing.</summary>
public sealed record CallRow(CallOpening Opening, CallClosing? Closing);

/// <summary>Which calls to list, newest first.</summary>
public sealed record CallQuery
{
    public string? Principal { get; init; }

    public string? Key { get; init; }

    public string? Agent { get; init; }

    public string? Task { get; init; }

    public string? NativeTask { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Only calls older than this one, for the next page.</summary>
    public CallId? Before { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Spend of one budget subject in one quarter of an hour (UTC).</summary>
/// <param name="Kind">key, user, team or task.</param>
/// <param name="Subject">Key id, principal id, team name or task id.</param>
public sealed record SpendBucket(string Kind, string Subject, DateTimeOffset Start, long NanoUsd, long Tokens);

/// <summary>What a fingerprint is of.</summary>
public enum FingerprintKind
{
    System,
    Tools,
    Mode,

    /// <summary>No fingerprint: the agent's version, as it says it.</summary>
    Version,
}

/// <summary>Something of an agent's calls that was not there before.</summary>
/// <param name="Value">A hash, but for versions.</param>
/// <param name="Calls">In which it was seen.</param>
public sealed record NewFingerprint(FingerprintKind Kind, string Agent, string? Mode, string Value, DateTimeOffset FirstAt, long Calls);

/// <summary>Reads the ledger.</summary>
public interface ILedgerReader
{
    Task<CallRow?> FindAsync(CallId id, CancellationToken cancellationToken);

    Task<ImmutableArray<CallRow>> ListAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>Prompts, tools, modes and versions of agents that were seen in a stretch of time and not in the one before it; up to 200, the earliest first.</summary>
    /// <param name="since">Where the time before begins; it ends at <paramref name="from"/>.</param>
    /// <param name="until">Before which.</param>
    Task<ImmutableArray<NewFingerprint>> NewFingerprintsAsync(DateTimeOffset since, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Spend per subject and quarter of an hour since a moment, from a rollup kept with the rows, so that start-up never scans calls.</summary>
    Task<ImmutableArray<SpendBucket>> SpendSinceAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The same since a full quarter of an hour, of one kind and summed up: each subject's nano-USD. Reads the rollup of the whole time, so not often.</summary>
    Task<ImmutableArray<KeyValuePair<string, long>>> SpentSinceAsync(string kind, DateTimeOffset since, CancellationToken cancellationToken);
}
