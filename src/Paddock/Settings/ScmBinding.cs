using Paddock.Control.Scm;
using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>Works out what reports of source control and CI systems are signed with. It is never quoted in a fault.</summary>
internal static class ScmBinding
{
    /// <summary>Not a setting: it must not stand in a file that people copy about.</summary>
    public const string SecretVariable = "PADDOCK_SCM_SECRET";

    public static ScmSecret Bind(SettingsBinder binder, IReadOnlyDictionary<string, string> environment)
    {
        var text = environment.GetValueOrDefault(SecretVariable) is { Length: > 0 } said ? said : null;
        if (binder.PathOf(KnownSettings.ScmSecretFile) is { } file)
        {
            text = Read(binder, file);
        }

        if (text is { Length: < ScmSecret.Shortest })
        {
            binder.Fault(KnownSettings.ScmSecretFile, $"The secret is short enough to be guessed; give one of at least {ScmSecret.Shortest} characters.");
            return new(null);
        }

        return new(text is null ? null : new Secret(text));
    }

    private static string? Read(SettingsBinder binder, string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            binder.Fault(KnownSettings.ScmSecretFile, $"The file cannot be read: {fault.Message}");
            return null;
        }
    }
}
