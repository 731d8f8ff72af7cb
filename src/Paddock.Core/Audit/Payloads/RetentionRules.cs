using System.Collections.Frozen;

namespace Paddock.Core.Audit.Payloads;

/// <summary>How long kept content stays, by class. Legal holds go before it.</summary>
public sealed record RetentionRules
{
    /// <summary>Nothing is erased by time.</summary>
    public static readonly RetentionRules None = new();

    /// <summary>Of classes that are named; null = until somebody erases it.</summary>
    public FrozenDictionary<string, TimeSpan?> Classes { get; init; } = FrozenDictionary<string, TimeSpan?>.Empty;

    /// <summary>Of all others; null = until somebody erases it.</summary>
    public TimeSpan? Others { get; init; }

    public bool IsEmpty => Others is null && Classes.Values.All(static keep => keep is null);

    /// <returns>Null = until somebody erases it.</returns>
    public TimeSpan? Of(string cls) => cls == KeyClasses.Names ? null : Classes.TryGetValue(cls, out var keep) ? keep : Others;

    /// <summary>What of a class has been there long enough.</summary>
    /// <returns>Null when nothing ever has.</returns>
    public PayloadSelection? Due(string cls, DateTimeOffset now) => Of(cls) is { } keep ? new() { Class = cls, KeptBefore = now - keep } : null;

    /// <summary>Whether all that a key can have sealed has been there long enough: its month has ended so long ago.</summary>
    public bool IsOver(DataKeyId key, DateTimeOffset now) => Of(key.Class) is { } keep && new DateTimeOffset(key.Month.AddMonths(1), default, TimeSpan.Zero) + keep <= now;
}
