using System.Globalization;

namespace Paddock.Simulator.Scripts;

/// <summary>
/// What a request tells the simulator to do: <c>sim:key=value,key=value</c> as the model's name or in the header <c>x-sim</c>, which wins.
/// Times are milliseconds.
/// </summary>
internal sealed record ScriptedAnswer
{
    public static readonly ScriptedAnswer None = new();

    /// <summary>The script's own text; the same text has one count of failures.</summary>
    public string Source { get; init; } = "";

    /// <summary>Before the head, between head and first delta, and between events.</summary>
    public int Latency { get; init; }

    public int First { get; init; }

    public int Gap { get; init; }

    public int Chunks { get; init; } = 3;

    public string? Text { get; init; }

    public long? Input { get; init; }

    public long? Output { get; init; }

    public long Cached { get; init; }

    public long Write5m { get; init; }

    public long Write1h { get; init; }

    public long Reasoning { get; init; }

    public bool Thinking { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>JSON text, base64 in the script.</summary>
    public string? Arguments { get; init; }

    /// <summary>gzip, br, deflate, or any other name for a coding nobody knows.</summary>
    public string? Compress { get; init; }

    public bool NoSpace { get; init; }

    public bool Crlf { get; init; }

    public bool Comments { get; init; }

    /// <summary>Write size in bytes; 0 = an event at a time.</summary>
    public int Split { get; init; }

    /// <summary>Milliseconds between the writes of <see cref="Split"/>: a slow drip.</summary>
    public int Pause { get; init; }

    /// <summary>Bytes of one extra delta in mid-stream; 0 = none.</summary>
    public int Huge { get; init; }

    /// <summary>Tool calls that are free text instead of JSON; on Messages a tool that the provider runs itself.</summary>
    public bool Custom { get; init; }

    /// <summary>Arguments of calls come whole at their end, with no deltas before.</summary>
    public bool DoneOnly { get; init; }

    /// <summary>Deltas of parallel calls take turns; only where a wire allows it (chat).</summary>
    public bool Interleave { get; init; }

    /// <summary>An event of a type that nobody knows.</summary>
    public bool Unknown { get; init; }

    /// <summary>first or mid: data that is no JSON; a whole body of it otherwise.</summary>
    public string? Garbage { get; init; }

    /// <summary>The provider's rate-limit headers.</summary>
    public bool Limits { get; init; }

    /// <summary>normal, delta, nochoices or missing.</summary>
    public string Usage { get; init; } = "normal";

    public int Status { get; init; }

    /// <summary>Form of Retry-After: seconds, date, ms or go.</summary>
    public string? Retry { get; init; }

    /// <summary>How many requests with this script fail (with <see cref="Status"/>) before they succeed; 0 = all of them when a status is given.</summary>
    public int Fail { get; init; }

    /// <summary>Of a hundred requests with this script so many fail with <see cref="Status"/>, evenly spread; 0 = as <see cref="Fail"/> says.</summary>
    public int Percent { get; init; }

    /// <summary>
    /// first or mid: an error event in a stream, an error body under 200 otherwise. plain: the same as first, on Responses as an
    /// <c>error</c> event instead of <c>response.failed</c>.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>
    /// In mid-answer close (ends as if whole), half (the same, within an event), reset (the connection) or stall; last leaves out the end
    /// marker; before resets the connection before the head.
    /// </summary>
    public string? Cut { get; init; }

    /// <summary>Content type instead of the right one.</summary>
    public string? Type { get; init; }

    public static bool TryParse(string source, out ScriptedAnswer script, out string fault)
    {
        (script, fault) = (None, "");
        if (!source.StartsWith("sim:", StringComparison.Ordinal))
        {
            return true;
        }

        script = script with { Source = source };
        foreach (var part in source[4..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "true") : (part[..at], part[(at + 1)..]);
            try
            {
                if (With(script, key, value) is not { } next)
                {
                    fault = $"The simulator knows no script key '{key}'.";
                    return false;
                }

                script = next;
            }
            catch (FormatException)
            {
                fault = $"The script key '{key}' cannot be '{value}'.";
                return false;
            }
        }

        return true;
    }

    private static ScriptedAnswer? With(ScriptedAnswer script, string key, string value) => key switch
    {
        "latency" => script with { Latency = Number(value) },
        "first" => script with { First = Number(value) },
        "gap" => script with { Gap = Number(value) },
        "chunks" => script with { Chunks = Math.Clamp(Number(value), 1, 100_000) },
        "text" => script with { Text = value },
        "in" => script with { Input = Number(value) },
        "out" => script with { Output = Number(value) },
        "cached" => script with { Cached = Number(value) },
        "write5m" => script with { Write5m = Number(value) },
        "write1h" => script with { Write1h = Number(value) },
        "reasoning" => script with { Reasoning = Number(value) },
        "thinking" => script with { Thinking = bool.Parse(value) },
        "tool" => script with { Tools = [.. script.Tools, value] },
        "args" => script with { Arguments = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(value)) },
        _ => WithShape(script, key, value),
    };

    private static ScriptedAnswer? WithShape(ScriptedAnswer script, string key, string value) => key switch
    {
        "compress" => script with { Compress = value },
        "nospace" => script with { NoSpace = bool.Parse(value) },
        "crlf" => script with { Crlf = bool.Parse(value) },
        "comments" => script with { Comments = bool.Parse(value) },
        "split" => script with { Split = Number(value) },
        "pause" => script with { Pause = Number(value) },
        "huge" => script with { Huge = Math.Clamp(Number(value), 0, 256 << 20) },
        "custom" => script with { Custom = bool.Parse(value) },
        "doneonly" => script with { DoneOnly = bool.Parse(value) },
        "interleave" => script with { Interleave = bool.Parse(value) },
        "unknown" => script with { Unknown = bool.Parse(value) },
        "limits" => script with { Limits = bool.Parse(value) },
        _ => WithFault(script, key, value),
    };

    private static ScriptedAnswer? WithFault(ScriptedAnswer script, string key, string value) => key switch
    {
        "usage" => script with { Usage = OneOf(value, "normal", "delta", "nochoices", "missing") },
        "status" => script with { Status = Number(value) },
        "retry" => script with { Retry = OneOf(value, "seconds", "date", "ms", "go") },
        "fail" => script with { Fail = Number(value) },
        "percent" => script with { Percent = Math.Clamp(Number(value), 0, 100) },
        "error" => script with { Error = OneOf(value, "first", "mid", "plain", "true") },
        "garbage" => script with { Garbage = OneOf(value, "first", "mid", "true") },
        "cut" => script with { Cut = OneOf(value, "close", "half", "reset", "stall", "last", "before") },
        "type" => script with { Type = value },
        _ => null,
    };

    private static string OneOf(string value, params ReadOnlySpan<string> known) => known.Contains(value) ? value : throw new FormatException();

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
