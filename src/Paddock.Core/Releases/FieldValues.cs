using System.Globalization;
using Paddock.Core.Models;

namespace Paddock.Core.Releases;

/// <summary>Fields that hold more than a text: numbers, durations, moments, words of a closed set, names.</summary>
internal static class FieldValues
{
    public static decimal? Decimal(this Fields fields, string name, decimal most, bool required = false)
    {
        if (fields.Scalar(name, "a number such as 2.50", required) is not { } scalar)
        {
            return null;
        }

        if (!scalar.Plain || !Numbers.TryDecimal(scalar.Text, out var value))
        {
            fields.Fault(name, "Expected a number such as 2.50, without quotes.");
            return null;
        }

        return fields.InRange(name, value, 0, most) ? value : null;
    }

    public static long? Whole(this Fields fields, string name, long least, long most, bool required = false)
    {
        if (fields.Scalar(name, "a whole number", required) is not { } scalar)
        {
            return null;
        }

        if (!scalar.Plain || !Numbers.TryWhole(scalar.Text, out var value))
        {
            fields.Fault(name, "Expected a whole number such as 100000, digits only and without quotes.");
            return null;
        }

        return fields.InRange(name, value, least, most) ? value : null;
    }

    public static TimeSpan? Duration(this Fields fields, string name, TimeSpan least, TimeSpan most, bool required = false)
    {
        if (fields.Scalar(name, "a duration such as 300ms, 10s, 5m or 2h", required) is not { } scalar)
        {
            return null;
        }

        if (!Numbers.TryDuration(scalar.Text, out var value))
        {
            fields.Fault(name, $"{SecretText.Show(scalar.Text)} is no duration; write 300ms, 10s, 5m or 2h.");
            return null;
        }

        if (value < least || value > most)
        {
            fields.Fault(name, $"Expected a duration from {Show(least)} to {Show(most)}.");
            return null;
        }

        return value;
    }

    /// <summary><c>true</c> or <c>false</c>; YAML's other words for them are refused, because not every reader takes them for one.</summary>
    public static bool? Flag(this Fields fields, string name)
    {
        switch (fields.Scalar(name, "true or false"))
        {
            case null:
                return null;
            case { Plain: true, Text: "true" }:
                return true;
            case { Plain: true, Text: "false" }:
                return false;
            default:
                fields.Fault(name, "Expected true or false, without quotes.");
                return null;
        }
    }

    /// <summary>A moment with its zone, such as <c>2026-12-31T00:00:00Z</c>.</summary>
    public static DateTimeOffset? Moment(this Fields fields, string name)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        string[] shapes = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];
        var zoned = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (zoned && DateTimeOffset.TryParseExact(text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value))
        {
            return value.ToUniversalTime();
        }

        fields.Fault(name, $"{SecretText.Show(text)} is no moment; write it with its zone: 2026-12-31T00:00:00Z or 2026-12-31T01:00:00+01:00.");
        return null;
    }

    /// <summary>A word of a closed set; its place in the set, or null.</summary>
    public static int? Choice(this Fields fields, string name, IReadOnlyList<string> words, bool required = false) =>
        fields.Text(name, required) is { } text ? ChoiceOf(fields.Place, fields.LineOf(name), DottedKey.Below(fields.Path, name), text, words) : null;

    public static int? ChoiceOf(DocumentPlace place, int line, string key, string text, IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == text)
            {
                return i;
            }
        }

        place.Fault(line, key, $"Expected one of {string.Join(", ", words)}, not {SecretText.Show(text)}.", Suggestion.For(text, words));
        return null;
    }

    /// <summary>The name of another document, which must exist.</summary>
    public static string? Reference(this Fields fields, string name, string kind, bool required = false)
    {
        if (fields.Text(name, required) is { } text)
        {
            fields.Place.Refer(kind, text, fields.LineOf(name), DottedKey.Below(fields.Path, name));
            return text;
        }

        return null;
    }

    /// <summary>A file on the machine that runs Paddock; never relative, because nobody can tell to what.</summary>
    public static string? File(this Fields fields, string name, bool required = false)
    {
        if (fields.Text(name, required) is not { } text)
        {
            return null;
        }

        if (text.StartsWith('/') || (text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && text[2] is '\\' or '/'))
        {
            return text;
        }

        fields.Fault(name, "Expected the absolute path of a file, such as /etc/paddock/openai.key.");
        return null;
    }

    public static Price? Price(this Fields fields, string name)
    {
        if (fields.Object(name) is not { } price)
        {
            return null;
        }

        // A typing error of six digits is a typing error; the dearest model of today costs under 1,000.
        const decimal Most = 100_000m;
        var value = new Price
        {
            InputPerMtok = price.Decimal("inputPerMtok", Most, required: true) ?? 0,
            OutputPerMtok = price.Decimal("outputPerMtok", Most, required: true) ?? 0,
            CacheReadPerMtok = price.Decimal("cacheReadPerMtok", Most),
            CacheWrite5mPerMtok = price.Decimal("cacheWrite5mPerMtok", Most),
            CacheWrite1hPerMtok = price.Decimal("cacheWrite1hPerMtok", Most),
        };
        price.Close();
        return value;
    }

    private static bool InRange(this Fields fields, string name, decimal value, decimal least, decimal most)
    {
        var good = value >= least && value <= most;
        if (!good)
        {
            fields.Fault(name, string.Create(CultureInfo.InvariantCulture, $"Expected a number from {least} to {most}."));
        }

        return good;
    }

    private static string Show(TimeSpan span) => span switch
    {
        { TotalMilliseconds: < 1000 } => $"{span.TotalMilliseconds:0}ms",
        { TotalSeconds: < 120 } => $"{span.TotalSeconds:0}s",
        { TotalMinutes: < 120 } => $"{span.TotalMinutes:0}m",
        _ => $"{span.TotalHours:0}h",
    };
}
