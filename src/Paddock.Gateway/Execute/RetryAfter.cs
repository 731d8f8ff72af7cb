using System.Globalization;
using System.Net.Http.Headers;

namespace Paddock.Gateway.Execute;

/// <summary>
/// How long a provider asks to wait, in every form seen: <c>retry-after-ms</c>, <c>Retry-After</c> in seconds or as a date
/// (RFC 9110 §10.2.3), and <c>x-ratelimit-reset-*</c> as Go durations, seconds or a date.
/// </summary>
internal static class RetryAfter
{
    /// <summary>The end of the year 9999.</summary>
    private const long LastUnixMillisecond = 253_402_300_799_999;

    private static readonly string[] Resets =
    [
        "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "anthropic-ratelimit-requests-reset", "anthropic-ratelimit-tokens-reset", "x-ratelimit-reset",
    ];

    /// <summary>The wait asked for, never negative; null when none is.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (First(headers, "retry-after-ms") is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && double.IsFinite(milliseconds))
        {
            return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue));
        }

        if (First(headers, "Retry-After") is { } after && Parse(after, now) is { } wait)
        {
            return wait;
        }

        // The longest reset is the one that lets a call through again.
        return Resets.Select(name => First(headers, name) is { } reset ? Parse(reset, now) : null).Max();
    }

    /// <summary>Seconds, a Go duration such as <c>1m30.5s</c>, or a date.</summary>
    public static TimeSpan? Parse(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return OfNumber(seconds, now);
        }

        return GoDuration(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Clamp(date - now) : null);
    }

    /// <summary>Seconds to wait; or, when it is that large, a Unix time in seconds or milliseconds, as some gateways send it.</summary>
    private static TimeSpan? OfNumber(double number, DateTimeOffset now)
    {
        if (number <= 1e9)
        {
            return double.IsFinite(number) ? TimeSpan.FromSeconds(Math.Max(0, number)) : null;
        }

        var milliseconds = number > 1e12 ? number : number * 1000;
        return milliseconds <= LastUnixMillisecond ? Clamp(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) - now) : null;
    }

    private static TimeSpan? GoDuration(string text)
    {
        var total = 0.0;
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
            {
                position++;
            }

            if (position == start || !double.TryParse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            var unit = text.AsSpan(position);
            var (factor, length) = unit.StartsWith("ms") ? (0.001, 2) : unit.StartsWith("us") || unit.StartsWith("µs") ? (1e-6, 2) : unit.StartsWith("ns") ? (1e-9, 2)
                : unit.StartsWith("h") ? (3600.0, 1) : unit.StartsWith("m") ? (60.0, 1) : unit.StartsWith("s") ? (1.0, 1) : (0.0, 0);
            if (length == 0)
            {
                return null;
            }

            total += number * factor;
            position += length;
        }

        return text.Length == 0 ? null : Clamp(TimeSpan.FromSeconds(Math.Min(total, 1e9)));
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
