namespace Paddock.Core.Tools.Shell;

/// <summary>Whose grammar a command line is read by.</summary>
public enum ShellDialect
{
    /// <summary>sh, bash and what is near to them. What dash, zsh or fish would read otherwise than bash is never plain.</summary>
    Posix,
    PowerShell,
    Cmd,
}
