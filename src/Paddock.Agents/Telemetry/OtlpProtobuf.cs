using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Paddock.Agents.Telemetry;

/// <summary>
/// Reads an export request of OTLP 1.x in protobuf: <c>opentelemetry/proto/collector/{logs,trace,metrics}/v1</c>. The numbers are those of its
/// fields there.
/// </summary>
/// <param name="wanted">Attributes that are read; all others are passed over.</param>
internal sealed class OtlpProtobuf(FrozenSet<string> wanted)
{
    /// <summary>Of a text that is compared with names. Bytes.</summary>
    private const int LongestName = 100;

    private const int SpanIdBytes = 8;

    /// <returns>Null when it is no such request.</returns>
    public TelemetryBatch? Read(ReadOnlyMemory<byte> body, TelemetrySignal signal)
    {
        try
        {
            var bytes = MemoryMarshal.TryGetArray(body, out var segment) ? segment : new(body.ToArray());
            var (collector, request) = (new TelemetryCollector(), ProtobufFields.Of(bytes.Array!, bytes.Offset, bytes.Count)); // an array segment of memory has an array
            while (request.Next())
            {
                if (request.Number is 1)
                {
                    ReadProgram(request.Message(), signal, collector);
                }
            }

            return collector.Batch();
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidDataException)
        {
            return null;
        }
    }

    private void ReadProgram(ProtobufFields program, TelemetrySignal signal, TelemetryCollector collector)
    {
        var resource = ImmutableDictionary<string, TelemetryValue>.Empty;
        for (var first = program.Again(); first.Next();)
        {
            resource = first.Number is 1 ? ReadAttributes(first.Message(), 1) : resource;
        }

        while (program.Next())
        {
            if (program.Number is 2)
            {
                ReadScope(program.Message(), new(null, resource), signal, collector);
            }
        }
    }

    private void ReadScope(ProtobufFields scope, TelemetrySource source, TelemetrySignal signal, TelemetryCollector collector)
    {
        for (var first = scope.Again(); first.Next();)
        {
            source = first.Number is 1 ? source with { Scope = ReadScopeName(first.Message()) } : source;
        }

        while (scope.Next())
        {
            if (scope.Number is not 2)
            {
                continue;
            }

            if (signal is TelemetrySignal.Metrics)
            {
                CountPoints(scope.Message(), collector);
            }
            else if (collector.IsFull)
            {
                collector.Pass();
            }
            else
            {
                collector.Add(signal is TelemetrySignal.Logs ? ReadLog(scope.Message(), source) : ReadSpan(scope.Message(), source));
            }
        }
    }

    private static string? ReadScopeName(ProtobufFields scope)
    {
        string? name = null;
        while (scope.Next())
        {
            name = scope.Number is 1 ? scope.Text(LongestName) : name;
        }

        return name;
    }

    /// <summary>Gauge, sum, histogram, exponential histogram and summary have their points in the same place.</summary>
    private static void CountPoints(ProtobufFields metric, TelemetryCollector collector)
    {
        while (metric.Next())
        {
            if (metric.Number is not (5 or 7 or 9 or 10 or 11))
            {
                continue;
            }

            for (var data = metric.Message(); data.Next();)
            {
                if (data.Number is 1)
                {
                    collector.Pass();
                }
            }
        }
    }

    private TelemetryRecord ReadLog(ProtobufFields log, TelemetrySource source)
    {
        var (own, observed, body, attributes) = (0UL, 0UL, (string?)null, ImmutableDictionary.CreateBuilder<string, TelemetryValue>());
        while (log.Next())
        {
            switch (log.Number)
            {
                case 1:
                    own = log.Fixed64();
                    break;
                case 11:
                    observed = log.Fixed64();
                    break;
                case 5:
                    body = ReadValue(log.Message())?.Text;
                    break;
                case 6:
                    ReadAttribute(log.Message(), attributes);
                    break;
            }
        }

        return new() { Source = source, Signal = TelemetrySignal.Logs, Body = body, UnixNano = own == 0 ? observed : own, Attributes = attributes.ToImmutable() };
    }

    private TelemetryRecord ReadSpan(ProtobufFields span, TelemetrySource source)
    {
        var record = new TelemetryRecord { Source = source, Signal = TelemetrySignal.Traces };
        var (start, end, attributes) = (0UL, 0UL, ImmutableDictionary.CreateBuilder<string, TelemetryValue>());
        while (span.Next())
        {
            switch (span.Number)
            {
                case 2:
                    record = record with { Span = span.Hex(SpanIdBytes) };
                    break;
                case 4:
                    record = record with { HasParent = span.Hex(SpanIdBytes) is { Length: > 0 } };
                    break;
                case 5:
                    record = record with { Name = span.Text(LongestName) };
                    break;
                case 7:
                    start = span.Fixed64();
                    break;
                case 8:
                    end = span.Fixed64();
                    break;
                case 9:
                    ReadAttribute(span.Message(), attributes);
                    break;
                case 15:
                    record = record with { Failed = ReadsFailed(span.Message()) };
                    break;
            }
        }

        return record.Took(start, end) with { Attributes = attributes.ToImmutable() };
    }

    private static bool ReadsFailed(ProtobufFields status)
    {
        var code = 0L;
        while (status.Next())
        {
            code = status.Number is 3 ? status.Varint() : code;
        }

        return code == TelemetryRecord.FailedStatus;
    }

    private ImmutableDictionary<string, TelemetryValue> ReadAttributes(ProtobufFields owner, int number)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, TelemetryValue>();
        while (owner.Next())
        {
            if (owner.Number == number)
            {
                ReadAttribute(owner.Message(), attributes);
            }
        }

        return attributes.ToImmutable();
    }

    private void ReadAttribute(ProtobufFields pair, ImmutableDictionary<string, TelemetryValue>.Builder to)
    {
        string? key = null;
        for (var first = pair.Again(); first.Next();)
        {
            key = first.Number is 1 ? first.Text(LongestName) : key;
        }

        if (key is null || !wanted.Contains(key))
        {
            return;
        }

        while (pair.Next())
        {
            if (pair.Number is 2 && ReadValue(pair.Message()) is { } value)
            {
                to[key] = value;
            }
        }
    }

    /// <returns>Null for lists, maps, bytes and long texts, and where there is none.</returns>
    private static TelemetryValue? ReadValue(ProtobufFields any)
    {
        TelemetryValue? value = null;
        while (any.Next())
        {
            value = any.Number switch
            {
                1 => any.Text(TelemetryValue.LongestText) is { } text ? new(text) : null,
                2 => new(any.Varint() != 0),
                3 => new(any.Varint()),
                4 => new(any.Double()),
                _ => null,
            };
        }

        return value;
    }
}
