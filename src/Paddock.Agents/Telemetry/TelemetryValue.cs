using System.Globalization;

namespace Paddock.Agents.Telemetry;

/// <summary>The value of an attribute, when it is a single one and short. Agents write the same number now as a number and now as a text.</summary>
internal readonly record struct TelemetryValue
{
    /// <summary>Longer texts are no names, and are passed over. Bytes of UTF-8.</summary>
    public const int LongestText = 200;

    private readonly string? text;
    private readonly long? whole;
    private readonly double? number;
    private readonly bool? flag;

    public TelemetryValue(string value) => text = value;

    public TelemetryValue(long value) => whole = value;

    public TelemetryValue(double value) => number = value;

    public TelemetryValue(bool value) => flag = value;

    public string? Text => text;

    public bool? Flag => flag ?? text switch { "true" => true, "false" => false, _ => null };

    /// <summary>A fraction is rounded, half to even.</summary>
    public long? Whole => whole ?? (Number is { } any && Math.Abs(any) < long.MaxValue ? (long)Math.Round(any) : (long?)null);

    /// <summary>Finite.</summary>
    public double? Number => (number ?? (double?)whole ?? Parsed) is { } any && double.IsFinite(any) ? any : null;

    private double? Parsed => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var said) ? said : null;
}
