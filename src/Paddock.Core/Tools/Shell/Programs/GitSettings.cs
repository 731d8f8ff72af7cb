namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>Settings of git: many of them name a program that git runs.</summary>
internal static class GitSettings
{
    /// <param name="setting"><c>key=value</c>, or a key alone, which means true.</param>
    public static bool IsHarmless(string setting)
    {
        var equals = setting.IndexOf('=');
        var key = (equals < 0 ? setting : setting[..equals]).ToLowerInvariant();
        var value = equals < 0 ? "true" : setting[(equals + 1)..];
        return value.AsSpan().IndexOfAny('!', '\n') < 0 && GitTable.HarmlessSettings.Any(h => Matches(h, key, value));
    }

    private static bool Matches(string harmless, string key, string value)
    {
        var equals = harmless.IndexOf('=');
        if (equals >= 0)
        {
            return key == harmless[..equals] && value == harmless[(equals + 1)..];
        }

        return harmless.EndsWith('*') ? key.StartsWith(harmless[..^1], StringComparison.Ordinal) : key == harmless;
    }
}
