namespace Paddock.Core.Tools.Shell;

/// <summary>
/// Two bounds on each measure: beyond the first a line is opaque, beyond the second it is not looked at any further. What lies between is still
/// listed, so that a command is not hidden from a rule that forbids it by mere padding.
/// </summary>
internal static class ShellLimits
{
    /// <summary>In UTF-16 units.</summary>
    public const int Text = 16 * 1024;
    public const int SeenText = 64 * 1024;
    public const int Commands = 64;
    public const int SeenCommands = 1024;

    /// <summary>Substitutions, groups, wrappers and lines inside arguments, counted together.</summary>
    public const int Depth = 24;

    /// <summary>Text of lines inside arguments (<c>sh -c '…'</c>), summed.</summary>
    public const int InnerText = 128 * 1024;

    /// <summary>Entries in each list of facts.</summary>
    public const int Facts = 2048;
}
