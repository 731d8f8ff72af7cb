using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Paddock.Agents.Telemetry;

/// <summary>What a fact may look like. What does not is left out: a sentence, a path or an address is none of these.</summary>
internal enum TelemetryFactKind
{
    /// <summary>A name or a word of a closed set: letters, digits, <c>_</c>, <c>.</c>, <c>:</c>, <c>-</c>.</summary>
    Word,
    /// <summary>A model's name, in which there are also <c>/</c>, <c>@</c>, <c>[</c>, <c>]</c>.</summary>
    Model,
    /// <summary>A whole number, not negative.</summary>
    Count,
    /// <summary>A number, not negative.</summary>
    Amount,
    /// <summary>A whole number.</summary>
    Code,
    Flag,
}

/// <summary>One thing that is kept of a record.</summary>
/// <param name="Name">As it stands among the event's facts.</param>
/// <param name="From">Attributes that say it, the first that does counts.</param>
internal sealed partial record TelemetryFact(string Name, TelemetryFactKind Kind, ImmutableArray<string> From)
{
    private const int LongestWord = 100;

    private const double Most = 1e15;

    public static TelemetryFact Word(string name, params string[] from) => new(name, TelemetryFactKind.Word, [.. from]);

    public static TelemetryFact Model(params string[] from) => new("model", TelemetryFactKind.Model, [.. from]);

    public static TelemetryFact Count(string name, params string[] from) => new(name, TelemetryFactKind.Count, [.. from]);

    public static TelemetryFact Amount(string name, params string[] from) => new(name, TelemetryFactKind.Amount, [.. from]);

    public static TelemetryFact Code(string name, params string[] from) => new(name, TelemetryFactKind.Code, [.. from]);

    public static TelemetryFact Flag(string name, params string[] from) => new(name, TelemetryFactKind.Flag, [.. from]);

    /// <summary>A name of reasonable size that is no sentence; null for anything else.</summary>
    public static string? WordIn(string? text) => text is { Length: > 0 and <= LongestWord } && Words().IsMatch(text) ? text : null;

    /// <param name="valueOf">The value of an attribute; null when it is not there, or is nothing that a fact is made of.</param>
    public void Write(Utf8JsonWriter facts, Func<string, TelemetryValue?> valueOf)
    {
        foreach (var attribute in From)
        {
            if (valueOf(attribute) is { } value && Wrote(facts, value))
            {
                return;
            }
        }
    }

    private bool Wrote(Utf8JsonWriter facts, TelemetryValue value)
    {
        switch (Kind)
        {
            case TelemetryFactKind.Word when WordIn(value.Text) is { } word:
                facts.WriteString(Name, word);
                return true;
            case TelemetryFactKind.Model when value.Text is { Length: > 0 and <= LongestWord } model && Models().IsMatch(model):
                facts.WriteString(Name, model);
                return true;
            case TelemetryFactKind.Count when value.Whole is >= 0 and var count:
                facts.WriteNumber(Name, count);
                return true;
            case TelemetryFactKind.Code when value.Whole is >= int.MinValue and <= int.MaxValue and var code:
                facts.WriteNumber(Name, code);
                return true;
            case TelemetryFactKind.Amount when value.Number is >= 0 and <= Most and var amount:
                facts.WriteNumber(Name, amount);
                return true;
            case TelemetryFactKind.Flag when value.Flag is { } flag:
                facts.WriteBoolean(Name, flag);
                return true;
            default:
                return false;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.:-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.:/@\[\]-]*\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Models();
}
