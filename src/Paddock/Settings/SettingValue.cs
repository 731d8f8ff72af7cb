namespace Paddock.Settings;

/// <summary>What one source says of one setting.</summary>
/// <param name="Source">For messages: a flag, a variable, or file and line.</param>
internal sealed record SettingValue(SettingDefinition Setting, IReadOnlyList<string> Texts, string Source)
{
    /// <summary>What relative paths are relative to; null = the working directory.</summary>
    public string? BaseDirectory { get; init; }
}
