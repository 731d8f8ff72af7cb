namespace Paddock.Settings;

/// <summary>One reason why the process cannot start as it was told to.</summary>
/// <param name="Source">Where it was said: a flag, a variable, or file and line.</param>
internal sealed record SettingFault(string Source, string Message, string? Suggestion = null)
{
    public override string ToString() => $"{Source}: {Message}{(Suggestion is null ? "" : $" Did you mean '{Suggestion}'?")}";
}
