using Paddock.Core.Releases;

namespace Paddock.Settings;

/// <summary>Gathers what flags, environment and settings file say. Flags win over the environment, the environment over the file.</summary>
internal static class SettingsSources
{
    private const string FileName = "paddock.yaml";

    // A near miss beyond these is no setting: programs of ours read them, or an orchestrator sets them for a service of our name.
    private static readonly string[] otherVariables = ["PADDOCK_KEY", "PADDOCK_API_KEY", "PADDOCK_TOKEN", "PADDOCK_PEPPER", "PADDOCK_MASTER_KEY", "PADDOCK_AUDIT_KEY", "PADDOCK_SERVER", WebhookBinding.SecretVariable, PagerDutySettings.KeyVariable, EmailSettings.PasswordVariable, AlertmanagerSettings.TokenVariable, SignInBinding.SecretVariable];

    /// <param name="flags">What was typed.</param>
    /// <param name="environment">All variables.</param>
    public static IReadOnlyDictionary<SettingDefinition, SettingValue> Gather(IEnumerable<SettingValue> flags, IReadOnlyDictionary<string, string> environment, List<SettingFault> faults)
    {
        var values = new Dictionary<SettingDefinition, SettingValue>();
        Add(values, flags);
        Add(values, KnownSettings.All
            .Where(setting => environment.TryGetValue(setting.Variable, out var text) && !string.IsNullOrWhiteSpace(text))
            .Select(setting => new SettingValue(setting, [environment[setting.Variable]], setting.Variable)));
        FaultMistyped(environment, faults);
        Add(values, ReadFile(values, faults));
        return values;
    }

    /// <summary>The data directory, as far as it is known before everything else is.</summary>
    public static string DataDirectory(IReadOnlyDictionary<SettingDefinition, SettingValue> values) =>
        values.TryGetValue(KnownSettings.Data, out var said) && said.Texts is [{ Length: > 0 } text]
            ? Path.GetFullPath(text, said.BaseDirectory ?? Directory.GetCurrentDirectory())
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".paddock");

    private static IReadOnlyList<SettingValue> ReadFile(Dictionary<SettingDefinition, SettingValue> values, List<SettingFault> faults)
    {
        var named = values.TryGetValue(KnownSettings.Config, out var said) && said.Texts is [{ Length: > 0 }];
        var path = named ? Path.GetFullPath(said!.Texts[0]) : Path.Combine(DataDirectory(values), FileName); // it was found just now
        if (!named && !File.Exists(path))
        {
            return [];
        }

        try
        {
            return SettingsFile.Read(path, File.ReadAllText(path), faults);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(said?.Source ?? path, $"The settings file cannot be read: {fault.Message}"));
            return [];
        }
    }

    /// <summary>
    /// A variable that is nearly one of ours is a slip. Others that begin so are left alone: orchestrators set many for a service
    /// called paddock.
    /// </summary>
    private static void FaultMistyped(IReadOnlyDictionary<string, string> environment, List<SettingFault> faults)
    {
        var known = KnownSettings.All.Select(setting => setting.Variable).Concat(otherVariables).ToHashSet(StringComparer.Ordinal);
        foreach (var name in environment.Keys.Where(name => name.StartsWith("PADDOCK_", StringComparison.Ordinal) && !known.Contains(name)).Order(StringComparer.Ordinal))
        {
            if (Suggestion.For(name["PADDOCK_".Length..], known.Select(one => one["PADDOCK_".Length..])) is { } meant)
            {
                faults.Add(new(name, "There is no such setting.", "PADDOCK_" + meant));
            }
        }
    }

    private static void Add(Dictionary<SettingDefinition, SettingValue> values, IEnumerable<SettingValue> more)
    {
        foreach (var value in more)
        {
            values.TryAdd(value.Setting, value);
        }
    }
}
