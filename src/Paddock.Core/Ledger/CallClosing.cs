using Paddock.Core.Models;

namespace Paddock.Core.Ledger;

/// <summary>How a call ended. Stored as its name in lower snake case.</summary>
public enum CallOutcome
{
    /// <summary>The answer arrived whole, with its end marker.</summary>
    Complete,
    /// <summary>Refused by Paddock before anything was sent.</summary>
    Refused,
    /// <summary>The provider answered with an error, or none could be reached.</summary>
    Failed,
    /// <summary>The answer broke off after it had begun.</summary>
    Partial,
    /// <summary>The client went away.</summary>
    Aborted,
    /// <summary>Ended by Paddock: key revoked, contained, or stopping.</summary>
    Cancelled,
    /// <summary>The process died; closed at the next start with the floor.</summary>
    Lost,
}

/// <summary>What really happened, written always.</summary>
public sealed record CallClosing
{
    public required CallId Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required CallOutcome Outcome { get; init; }

    /// <summary>HTTP status sent to the client; 0 when none was.</summary>
    public int Status { get; init; }

    /// <summary>Closed set of lower snake case names: a refusal's reason, or <c>connect</c>, <c>timeout</c>, <c>rate_limited</c>, <c>overloaded</c>, <c>upstream_5xx</c>, <c>upstream_4xx</c>, <c>mid_stream</c>, <c>client_abort</c>, …; null when all went well.</summary>
    public string? ErrorClass { get; init; }

    /// <summary>Provider that gave the answer; null when none did.</summary>
    public string? Provider { get; init; }

    /// <summary>Model as the answer names it.</summary>
    public string? ModelServed { get; init; }

    public TokenUsage Usage { get; init; }

    /// <summary>True when the provider sent no final usage and the tokens are a floor estimate.</summary>
    public bool Estimated { get; init; }

    public long CostNanoUsd { get; init; }

    public PriceSource PriceSource { get; init; }

    public string? PriceRow { get; init; }

    /// <summary>From request received to last byte, and to the first semantic delta; null when there was none.</summary>
    public TimeSpan Duration { get; init; }

    public TimeSpan? FirstDelta { get; init; }

    /// <summary>The wire's own finish or stop reason.</summary>
    public string? Finish { get; init; }

    public long ResponseBytes { get; init; }

    public IReadOnlyList<CallAttempt> Attempts { get; init; } = [];
}

/// <summary>One try at one provider.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Status">HTTP status, 0 when none came.</param>
/// <param name="ErrorClass">As in <see cref="CallClosing.ErrorClass"/>; null when this one served the answer.</param>
/// <param name="RequestId">The provider's own request id, for its support.</param>
public sealed record CallAttempt(int Number, string Provider, string Model, DateTimeOffset StartedAt, TimeSpan Duration, int Status, string? ErrorClass, string? RequestId);
