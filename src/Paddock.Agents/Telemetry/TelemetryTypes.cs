using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Paddock.Agents.Telemetry;

/// <summary>One kind of an agent's records that is kept, and what is kept of it.</summary>
/// <param name="Name">In the agent's own words.</param>
internal sealed record TelemetryType(string Name, ImmutableArray<TelemetryFact> Facts);

/// <summary>Which records of an agent are kept. A record of another kind is not, and nothing of it.</summary>
/// <param name="session">Attributes that name the agent's session, the first that is there counts.</param>
/// <param name="common">Facts that any of its records may have.</param>
internal sealed class TelemetryTypes(ImmutableArray<string> session, ImmutableArray<TelemetryFact> common, ImmutableArray<TelemetryType> types)
{
    private readonly FrozenDictionary<string, TelemetryType> byName = types.ToFrozenDictionary(static one => one.Name, StringComparer.Ordinal);

    /// <summary>Attributes that these facts are made of.</summary>
    public IEnumerable<string> Attributes => types.SelectMany(static one => one.Facts).Concat(common).SelectMany(static fact => fact.From).Concat(session);

    /// <param name="name">What kind the record says it is.</param>
    /// <returns>Null when it is none of these.</returns>
    public TelemetryEvent? Read(TelemetryRecord record, string? name)
    {
        if (name is null || !byName.TryGetValue(name, out var type))
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var facts = new Utf8JsonWriter(buffer))
        {
            facts.WriteStartObject();
            foreach (var fact in type.Facts)
            {
                fact.Write(facts, record.Value);
            }

            foreach (var fact in common)
            {
                fact.Write(facts, record.Value);
            }

            WriteSpan(facts, record);
            facts.WriteEndObject();
        }

        var native = session.Select(record.Text).Select(static text => Said.Name(text)).FirstOrDefault(static text => text is not null);
        return new(type.Name, native, Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteSpan(Utf8JsonWriter facts, TelemetryRecord record)
    {
        if (record.Signal is not TelemetrySignal.Traces)
        {
            return;
        }

        if (record.DurationMs is { } duration)
        {
            facts.WriteNumber("durationMs", duration);
        }

        facts.WriteBoolean("success", !record.Failed);
        facts.WriteBoolean("root", !record.HasParent);
        if (record.Span is { Length: > 0 } span)
        {
            facts.WriteString("span", span);
        }
    }
}
