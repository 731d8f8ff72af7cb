using System.Collections.Immutable;

namespace Paddock.Agents.Telemetry;

/// <summary>A log record or a span, as far as anybody looks at it: attributes that no agent's table names were passed over unread.</summary>
internal sealed record TelemetryRecord
{
    /// <summary>What a span's status is when it failed, by OTLP's number and by its name.</summary>
    public const int FailedStatus = 2;

    public const string FailedStatusName = "STATUS_CODE_ERROR";

    private const ulong NanosInMillisecond = 1_000_000;

    public required TelemetrySource Source { get; init; }

    public required TelemetrySignal Signal { get; init; }

    /// <summary>A span's name; null of a log record.</summary>
    public string? Name { get; init; }

    /// <summary>A log record's body, when it is a short text.</summary>
    public string? Body { get; init; }

    /// <summary>When it happened or, of a span, ended; else when the agent's exporter saw it. Nanoseconds since 1970; 0 = it does not say.</summary>
    public ulong UnixNano { get; init; }

    /// <summary>How long a span took, in milliseconds; null of a log record.</summary>
    public long? DurationMs { get; init; }

    /// <summary>A span's own id, in hexadecimal digits.</summary>
    public string? Span { get; init; }

    /// <summary>A span within another.</summary>
    public bool HasParent { get; init; }

    /// <summary>A span that says that it failed.</summary>
    public bool Failed { get; init; }

    public ImmutableDictionary<string, TelemetryValue> Attributes { get; init; } = ImmutableDictionary<string, TelemetryValue>.Empty;

    /// <summary>A span that took from one moment to another.</summary>
    public TelemetryRecord Took(ulong start, ulong end) => this with { UnixNano = end == 0 ? start : end, DurationMs = start == 0 || end < start ? null : (long)((end - start) / NanosInMillisecond) };

    /// <summary>An attribute's text: the record's own, else that of the program that sent it.</summary>
    public string? Text(string attribute) => Value(attribute)?.Text;

    public TelemetryValue? Value(string attribute) =>
        Attributes.TryGetValue(attribute, out var own) || Source.Resource.TryGetValue(attribute, out own) ? own : null;
}

/// <summary>Where records come from.</summary>
/// <param name="Scope">The part of the program.</param>
/// <param name="Resource">What the program says of itself.</param>
internal sealed record TelemetrySource(string? Scope, ImmutableDictionary<string, TelemetryValue> Resource);
