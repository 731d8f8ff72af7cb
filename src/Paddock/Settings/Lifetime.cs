using System.Globalization;

namespace Paddock.Settings;

/// <summary>Spans of time as people type them: a whole number and s, m, h or d.</summary>
internal static class Lifetime
{
    private const long Most = 1_000_000_000;

    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var seconds = text.Length > 1 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 } : 0;
        if (seconds == 0 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > Most / seconds)
        {
            return false;
        }

        value = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
