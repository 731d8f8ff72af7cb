using System.Text;

namespace Paddock.Settings;

/// <summary>What a setting's text must be.</summary>
internal enum SettingKind
{
    Text,
    /// <summary>A file or directory; in a settings file relative to that file, elsewhere to the working directory.</summary>
    Path,
    /// <summary>Several texts: a flag given more than once, a YAML sequence, or separated by commas, semicolons or blanks.</summary>
    List,
    Switch,
    /// <summary>A whole number, with an optional k, M or G for powers of 1024.</summary>
    Number,
    /// <summary>A number and s, m, h or d.</summary>
    Duration,
}

/// <summary>One setting: its key in the settings file, its flag and its environment variable.</summary>
/// <param name="Key">Dotted, such as <c>operators.urls</c>.</param>
/// <param name="Flag">Without the hyphens; null = file and environment only.</param>
internal sealed record SettingDefinition(string Key, SettingKind Kind, string? Flag, string Description)
{
    /// <summary><c>PADDOCK_</c> and the key in upper snake case.</summary>
    public string Variable { get; } = VariableOf(Key);

    private static string VariableOf(string key)
    {
        var text = new StringBuilder("PADDOCK_");
        foreach (var c in key)
        {
            if (char.IsUpper(c))
            {
                text.Append('_');
            }

            text.Append(c == '.' ? '_' : char.ToUpperInvariant(c));
        }

        return text.ToString();
    }
}
