using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Paddock.Agents.Telemetry;

/// <summary>
/// Reads an export request of OTLP 1.x in JSON: protobuf's mapping, with ids in hexadecimal digits. Numbers of 64 bits stand there as texts or
/// numbers, enumerations as numbers (some write their names); null is the same as nothing; unknown members are passed over.
/// </summary>
/// <param name="wanted">Attributes that are read; all others are passed over.</param>
internal sealed class OtlpJson(FrozenSet<string> wanted)
{
    private const int LongestName = 100, SpanIdDigits = 16;

    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private static readonly ImmutableArray<string> kindsOfData = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];

    /// <returns>Null when it is no such request.</returns>
    public TelemetryBatch? Read(ReadOnlyMemory<byte> body, TelemetrySignal signal)
    {
        try
        {
            using var json = JsonDocument.Parse(body, strict);
            var collector = new TelemetryCollector();
            foreach (var program in List(Object(json.RootElement), signal switch { TelemetrySignal.Logs => "resourceLogs", TelemetrySignal.Traces => "resourceSpans", _ => "resourceMetrics" }))
            {
                ReadProgram(Object(program), signal, collector);
            }

            return collector.Batch();
        }
        catch (Exception exception) when (exception is InvalidDataException || Said.IsMalformed(exception))
        {
            return null;
        }
    }

    private void ReadProgram(JsonElement program, TelemetrySignal signal, TelemetryCollector collector)
    {
        var resource = Member(program, "resource") is { } said ? ReadAttributes(Object(said)) : ImmutableDictionary<string, TelemetryValue>.Empty;
        foreach (var scope in List(program, signal switch { TelemetrySignal.Logs => "scopeLogs", TelemetrySignal.Traces => "scopeSpans", _ => "scopeMetrics" }))
        {
            var source = new TelemetrySource(Member(Object(scope), "scope") is { } named ? Text(Object(named), "name", LongestName) : null, resource);
            foreach (var record in List(scope, signal switch { TelemetrySignal.Logs => "logRecords", TelemetrySignal.Traces => "spans", _ => "metrics" }))
            {
                Read(Object(record), source, signal, collector);
            }
        }
    }

    private void Read(JsonElement record, TelemetrySource source, TelemetrySignal signal, TelemetryCollector collector)
    {
        if (signal is TelemetrySignal.Metrics)
        {
            CountPoints(record, collector);
        }
        else if (collector.IsFull)
        {
            collector.Pass();
        }
        else
        {
            collector.Add(signal is TelemetrySignal.Logs ? ReadLog(record, source) : ReadSpan(record, source));
        }
    }

    private static void CountPoints(JsonElement metric, TelemetryCollector collector)
    {
        foreach (var kind in kindsOfData)
        {
            foreach (var _ in Member(metric, kind) is { } data ? List(Object(data), "dataPoints") : [])
            {
                collector.Pass();
            }
        }
    }

    private TelemetryRecord ReadLog(JsonElement log, TelemetrySource source) => new()
    {
        Source = source,
        Signal = TelemetrySignal.Logs,
        Body = Member(log, "body") is { } body ? ReadValue(Object(body))?.Text : null,
        UnixNano = Nanos(log, "timeUnixNano") is > 0 and var own ? own : Nanos(log, "observedTimeUnixNano"),
        Attributes = ReadAttributes(log),
    };

    private TelemetryRecord ReadSpan(JsonElement span, TelemetrySource source) => new TelemetryRecord
    {
        Source = source,
        Signal = TelemetrySignal.Traces,
        Name = Text(span, "name", LongestName),
        Span = Text(span, "spanId", SpanIdDigits)?.ToLowerInvariant(),
        HasParent = Text(span, "parentSpanId", SpanIdDigits) is { Length: > 0 },
        Failed = Member(span, "status") is { } status && Member(Object(status), "code") is { } code
            && (code.ValueKind is JsonValueKind.Number ? code.TryGetInt32(out var number) && number == TelemetryRecord.FailedStatus : code.ValueKind is JsonValueKind.String && code.ValueEquals(TelemetryRecord.FailedStatusName)),
        Attributes = ReadAttributes(span),
    }.Took(Nanos(span, "startTimeUnixNano"), Nanos(span, "endTimeUnixNano"));

    private ImmutableDictionary<string, TelemetryValue> ReadAttributes(JsonElement owner)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, TelemetryValue>();
        foreach (var pair in List(owner, "attributes"))
        {
            if (Text(Object(pair), "key", LongestName) is { } key && wanted.Contains(key) && Member(pair, "value") is { } said && ReadValue(Object(said)) is { } value)
            {
                attributes[key] = value;
            }
        }

        return attributes.ToImmutable();
    }

    /// <returns>Null for lists, maps, bytes and long texts, and where there is none.</returns>
    private static TelemetryValue? ReadValue(JsonElement any)
    {
        if (Text(any, "stringValue", TelemetryValue.LongestText) is { } text)
        {
            return new(text);
        }

        if (Member(any, "boolValue") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag)
        {
            return new(flag.GetBoolean());
        }

        return Member(any, "intValue") is { } whole && Whole(whole) is { } count ? new(count)
            : Member(any, "doubleValue") is { ValueKind: JsonValueKind.Number } number ? new(number.GetDouble())
            : null;
    }

    private static long? Whole(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static ulong Nanos(JsonElement owner, string name) => Member(owner, name) switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } value when value.TryGetUInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } value when ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Malformed(name),
    };

    /// <returns>Null when it is absent, or longer than anybody wants to know.</returns>
    private static string? Text(JsonElement owner, string name, int longest) => Member(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when JsonMarshal.GetRawUtf8Value(value).Length <= (6 * longest) + 2 && value.GetString() is { } text => System.Text.Encoding.UTF8.GetByteCount(text) <= longest ? text : null, // six bytes where all is escaped
        { ValueKind: JsonValueKind.String } => null,
        _ => throw Malformed(name),
    };

    private static JsonElement.ArrayEnumerator List(JsonElement owner, string name) => Member(owner, name) switch
    {
        null => default,
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => throw Malformed(name),
    };

    private static JsonElement? Member(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static JsonElement Object(JsonElement value) => value.ValueKind is JsonValueKind.Object ? value : throw Malformed("An object");

    private static InvalidDataException Malformed(string what) => new($"{what} is not of the type that it has in OTLP.");
}
