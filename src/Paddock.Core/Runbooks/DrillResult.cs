using System.Collections.Immutable;

namespace Paddock.Core.Runbooks;

/// <summary>What a drill came to.</summary>
public sealed record DrillResult
{
    /// <summary><c>drl_</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    public required string Runbook { get; init; }

    /// <summary>Of the runbook that was rehearsed.</summary>
    public required string Digest { get; init; }

    /// <summary>Of Paddock.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>From the fault to the alert; null = there was none.</summary>
    public TimeSpan? Detected { get; init; }

    /// <summary>From the fault until all steps were verified.</summary>
    public TimeSpan? Mitigated { get; init; }

    /// <summary>From the fault until everything was undone and as before.</summary>
    public TimeSpan? Recovered { get; init; }

    public required ImmutableArray<DrillLine> Lines { get; init; }

    public bool Passed => Lines.All(static line => line.Passed);
}

/// <summary>One expectation.</summary>
/// <param name="Expectation">Such as <c>alert within 6 min</c>.</param>
/// <param name="Says">What was found.</param>
public sealed record DrillLine(string Expectation, bool Passed, string Says);

/// <summary>Whether a runbook can be trusted.</summary>
public enum RunbookBadge
{
    /// <summary>No drill of it was ever run.</summary>
    Never,

    /// <summary>Its last drill failed.</summary>
    Failing,

    /// <summary>Its last drill passed, but is too old, or was one of another text of it or of another major version of Paddock.</summary>
    Stale,

    /// <summary>Its last drill passed, lately, as it is.</summary>
    Verified,
}

/// <summary>Tells badges.</summary>
public static class RunbookBadges
{
    /// <param name="last">Its last drill; null = none.</param>
    /// <param name="version">Of this Paddock, such as <c>1.4.0</c>.</param>
    public static RunbookBadge Of(Runbook runbook, DrillResult? last, string version, DateTimeOffset now) => last switch
    {
        null => RunbookBadge.Never,
        _ when last.Digest != runbook.Digest || MajorOf(last.Version) != MajorOf(version) => RunbookBadge.Stale,
        { Passed: false } => RunbookBadge.Failing,
        _ => now - last.At > runbook.Drill.MaxAge ? RunbookBadge.Stale : RunbookBadge.Verified,
    };

    /// <summary>In lower case.</summary>
    public static string NameOf(RunbookBadge badge) => badge.ToString().ToLowerInvariant();

    private static string MajorOf(string version) => version.Split('.', '-', '+')[0];
}
