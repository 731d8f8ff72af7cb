using System.Text.Json;
using Paddock.Core.Tasks;

namespace Paddock.Agents;

/// <summary>Reads the facts that were kept with an event. Another version may have written them, so what is not there, or of another type, is null; nothing throws.</summary>
internal sealed class EventFacts : IDisposable
{
    private const decimal NanosInUsd = 1_000_000_000m;

    /// <summary>No call of a model costs more, and the sum of ten thousand of these is still a number. USD.</summary>
    private const double MostUsd = 100_000;

    /// <summary>What is more is not meant, and sums of these are still numbers.</summary>
    private const long MostTokens = 1_000_000_000_000;

    private readonly JsonDocument? json;

    private EventFacts(JsonDocument? json) => this.json = json;

    public static EventFacts Of(AgentEvent one)
    {
        try
        {
            return new(JsonDocument.Parse(one.Facts));
        }
        catch (JsonException)
        {
            return new(null);
        }
    }

    public string? Text(string name)
    {
        try
        {
            return Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException) // half a surrogate pair
        {
            return null;
        }
    }

    public bool? Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    /// <summary>A count, which is not negative.</summary>
    public long? Count(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var count) && count >= 0 ? count : null;

    /// <summary>Counts together; those that are not told are none.</summary>
    public long Sum(params ReadOnlySpan<string> names)
    {
        var sum = 0L;
        foreach (var name in names)
        {
            sum += Math.Min(Count(name) ?? 0, MostTokens);
        }

        return sum;
    }

    /// <summary>A number without a fraction, such as an exit code.</summary>
    public int? Whole(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    /// <summary>An amount in USD as nano-USD, rounded half to even; null when it is negative, or too large to be meant.</summary>
    public long? NanoUsd(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var usd) && usd is >= 0 and <= MostUsd ? (long)decimal.Round((decimal)usd * NanosInUsd, MidpointRounding.ToEven) : null;

    /// <summary>The agent's list of things to do.</summary>
    public TodoCounts? Todos(string name) => Find(name) is { ValueKind: JsonValueKind.Object } todos
        ? new(CountIn(todos, "total"), CountIn(todos, "completed"), CountIn(todos, "inProgress"), CountIn(todos, "pending"))
        : null;

    public void Dispose() => json?.Dispose();

    private JsonElement? Find(string name) => json is { RootElement: { ValueKind: JsonValueKind.Object } root } && root.TryGetProperty(name, out var value) ? value : null;

    private static int CountIn(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0 ? count : 0;
}
