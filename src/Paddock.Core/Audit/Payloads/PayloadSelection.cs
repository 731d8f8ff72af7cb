using System.Collections.Immutable;

namespace Paddock.Core.Audit.Payloads;

/// <summary>Which kept content is meant: what fits all that is said, of what is still there.</summary>
public sealed record PayloadSelection
{
    /// <summary>Null = any.</summary>
    public ImmutableArray<PayloadId>? Ids { get; init; }

    public string? Task { get; init; }

    public string? Principal { get; init; }

    public string? Class { get; init; }

    public DateTimeOffset? KeptBefore { get; init; }

    /// <summary>Whether nothing is said, which would mean all there is.</summary>
    public bool IsEmpty => Ids is null && Task is null && Principal is null && Class is null && KeptBefore is null;
}

/// <summary>A page, newest first.</summary>
/// <param name="Before">Only older ones.</param>
public sealed record PayloadQuery(PayloadSelection Which, PayloadId? Before = null, int Limit = 100);

/// <summary>How much of a selection can be erased, and how much a legal hold keeps.</summary>
public sealed record PayloadCount(long Free, long Held);

/// <summary>What was erased.</summary>
/// <param name="Redacted">How many.</param>
/// <param name="Held">How many stayed because of a legal hold.</param>
public sealed record Redaction(long Redacted, long Held);

/// <summary>What came of destroying a key.</summary>
public enum Shredding
{
    /// <summary>It is destroyed.</summary>
    Done,

    /// <summary>It is recorded, and could not be destroyed here yet; every server goes on trying.</summary>
    Pending,

    /// <summary>It had been destroyed before.</summary>
    DoneBefore,

    /// <summary>A legal hold stands on something that it seals; nothing was done.</summary>
    Held,
}
