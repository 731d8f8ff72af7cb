using System.Collections.Immutable;

namespace Paddock.Core.Models;

/// <summary>One step of a route: ask this provider for this model (null = the name that was asked for).</summary>
public sealed record RouteTarget(string Provider, string? Model = null);

/// <summary>A fallback chain, as its <c>ModelRoute</c> document says.</summary>
public sealed record ModelRoute
{
    public required string Name { get; init; }

    /// <summary>In order of preference; only targets whose provider speaks the caller's wire are tried.</summary>
    public required ImmutableArray<RouteTarget> Targets { get; init; }

    /// <summary>Tries of one target before the next is asked, at least 1. Default 2.</summary>
    public int TriesPerTarget { get; init; } = 2;

    /// <summary>Tries in all, at least 1. Default 4.</summary>
    public int MaxTries { get; init; } = 4;

    /// <summary>Base of the jittered exponential backoff. Default 250 ms.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest Retry-After that is waited for; a longer one moves on. Default 5 s.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(5);
}
