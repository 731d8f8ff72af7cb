using System.Globalization;

namespace Paddock.Control.Tasks;

/// <summary>Places in lists as text: the ticks of a moment, a point, and what tells apart what has the same moment.</summary>
internal static class TaskCursor
{
    public static string Of(DateTimeOffset at, string rest) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}.{rest}");

    /// <returns>Null when it is none.</returns>
    public static (DateTimeOffset At, string Tail)? Read(string text) =>
        text.Split('.', 2) is [var ticks, { Length: > 0 and <= 200 } rest] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay
            && !rest.Any(char.IsControl)
            ? (new(at, TimeSpan.Zero), rest)
            : null;
}
