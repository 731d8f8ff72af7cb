using System.Globalization;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>Lifetimes as people type them: a number and s, m, h or d.</summary>
internal static class Lifetimes
{
    /// <exception cref="SettingsException">The text is no lifetime.</exception>
    public static long? Seconds(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        var factor = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        return factor > 0 && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000
            ? number * factor
            : throw new SettingsException($"{option}: '{text}' is no lifetime; write a number and s, m, h or d, such as 90d.");
    }
}
