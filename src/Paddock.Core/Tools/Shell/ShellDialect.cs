namespace Paddock.Core.Tools.Shell;

/// <summary>Whose grammar a command line is read by.</summary>
public enum ShellDialect
{
    /// <summary>sh, bash and what is near to them. What dash, zsh or fish would read otherwise than bash is never plain.</summary>
    Posix,
    /// <summary>A plain subset: literal words, joined. All else is opaque.</summary>
    PowerShell,

    /// <summary>A plain subset, as for PowerShell.</summary>
    Cmd,

    /// <summary>A machine with Windows, and nobody can tell which shell: what is plain or read is so in all of them, and a rule that forbids finds what any of them would run.</summary>
    Windows,
}
