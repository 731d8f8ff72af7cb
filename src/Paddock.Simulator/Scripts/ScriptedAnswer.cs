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

    /// <summary>normal, delta, nochoices or missing.</summary>
    public string Usage { get; init; } = "normal";

    public int Status { get; init; }

    /// <summary>Form of Retry-After: seconds, date, ms or go.</summary>
    public string? Retry { get; init; }

    /// <summary>How many requests with this script fail (with <see cref="Status"/>) before they succeed; 0 = all of them when a status is given.</summary>
    public int Fail { get; init; }

    /// <summary>first or mid: an error event in a stream, an error body under 200 otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>close, reset or stall, in mid-answer.</summary>
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
        "usage" => script with { Usage = value },
        "status" => script with { Status = Number(value) },
        "retry" => script with { Retry = value },
        "fail" => script with { Fail = Number(value) },
        "error" => script with { Error = value },
        "cut" => script with { Cut = value },
        "type" => script with { Type = value },
        _ => null,
    };

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
