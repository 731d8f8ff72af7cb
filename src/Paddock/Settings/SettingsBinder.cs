using System.Globalization;

namespace Paddock.Settings;

/// <summary>Turns the texts of settings into values, and remembers every fault instead of stopping at the first.</summary>
internal sealed class SettingsBinder(IReadOnlyDictionary<SettingDefinition, SettingValue> values, List<SettingFault> faults)
{
    private static readonly char[] separators = [',', ';', ' ', '\t', '\n'];

    public bool Has(SettingDefinition setting) => values.ContainsKey(setting);

    /// <summary>Where a setting was said, for faults; its flag when nowhere.</summary>
    public string SourceOf(SettingDefinition setting) => values.TryGetValue(setting, out var value) ? value.Source : setting.Flag is { } flag ? "--" + flag : setting.Key;

    public void Fault(SettingDefinition setting, string message) => faults.Add(new(SourceOf(setting), message));

    public string? Text(SettingDefinition setting)
    {
        if (!values.TryGetValue(setting, out var value))
        {
            return null;
        }

        if (value.Texts is [var text] && text.Trim().Length > 0)
        {
            return text.Trim();
        }

        faults.Add(new(value.Source, $"{setting.Key} takes one value."));
        return null;
    }

    public string? PathOf(SettingDefinition setting) =>
        Text(setting) is { } text ? Path.GetFullPath(text, values[setting].BaseDirectory ?? Directory.GetCurrentDirectory()) : null;

    public IReadOnlyList<string>? List(SettingDefinition setting) =>
        values.TryGetValue(setting, out var value) ? [.. value.Texts.SelectMany(text => text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : null;

    /// <summary>Entries that may hold blanks and commas: one per item, line, or part between semicolons.</summary>
    public IReadOnlyList<string>? Lines(SettingDefinition setting) =>
        values.TryGetValue(setting, out var value) ? [.. value.Texts.SelectMany(text => text.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))] : null;

    public bool Switch(SettingDefinition setting, bool otherwise) => Text(setting)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "true" or "yes" or "on" or "1" => true,
        "false" or "no" or "off" or "0" => false,
        _ => Wrong(setting, "Expected true or false.", otherwise),
    };

    public T Choice<T>(SettingDefinition setting, IReadOnlyDictionary<string, T> choices, T otherwise) => Text(setting)?.ToLowerInvariant() switch
    {
        null => otherwise,
        { } text when choices.TryGetValue(text, out var choice) => choice,
        _ => Wrong(setting, $"Expected one of {string.Join(", ", choices.Keys)}.", otherwise),
    };

    public long Number(SettingDefinition setting, long otherwise, long least, long most)
    {
        if (Text(setting) is not { } text)
        {
            return otherwise;
        }

        var shift = text[^1] switch { 'k' or 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return long.TryParse(text.AsSpan(0, shift == 0 ? text.Length : text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue >> 30 && number << shift >= least && number << shift <= most
            ? number << shift
            : Wrong(setting, $"Expected a whole number from {least} to {most}; k, M and G stand for powers of 1024.", otherwise);
    }

    public TimeSpan Duration(SettingDefinition setting, TimeSpan otherwise, TimeSpan most)
    {
        if (Text(setting) is not { } text)
        {
            return otherwise;
        }

        return Lifetime.TryParse(text, out var value) && value <= most ? value : Wrong(setting, $"Expected a number and s, m, h or d, such as 30s, at most {most.TotalSeconds:0}s.", otherwise);
    }

    private T Wrong<T>(SettingDefinition setting, string message, T otherwise)
    {
        Fault(setting, message);
        return otherwise;
    }
}
