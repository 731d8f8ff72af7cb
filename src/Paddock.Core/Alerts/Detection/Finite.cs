using System.Runtime.CompilerServices;

namespace Paddock.Core.Alerts.Detection;

/// <summary>What is measured is a number, and not below nothing.</summary>
internal static class Finite
{
    public static void ThrowIfNot(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be 0 or more, and finite.");
        }
    }

    public static void ThrowUnlessPositive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be above 0, and finite.");
        }
    }
}
