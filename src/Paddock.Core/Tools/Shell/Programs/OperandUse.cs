namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What the words are that are no options.</summary>
internal enum OperandUse
{
    /// <summary>Unknown: those that look like paths are listed as such.</summary>
    None,

    /// <summary>A language of the program's own, see <see cref="ProgramOperands"/>.</summary>
    Own,
    Path,
    Read,

    /// <summary>Their content is written.</summary>
    Write,

    /// <summary>They are made, removed or changed, but their content does not come from here.</summary>
    Change,

    /// <summary>The first is a mode or owner, the others are changed.</summary>
    Owner,

    /// <summary>The first is a pattern or program, the others are read.</summary>
    Pattern,

    /// <summary>The last is written, the others are read.</summary>
    Copy,

    /// <summary>The last is written, the others are removed.</summary>
    Move,

    /// <summary>The first is written, the others are read.</summary>
    Pack,

    /// <summary>The first is read, a second is written.</summary>
    Filter,

    /// <summary>Addresses; one without a scheme is a host.</summary>
    Url,

    /// <summary>The first is a host.</summary>
    Host,

    /// <summary>Addresses with a scheme, or <c>host:path</c>.</summary>
    Remote,

    /// <summary>As <see cref="Copy"/>, where <c>host:path</c> is elsewhere.</summary>
    Transfer,

    /// <summary><c>NAME=value</c>.</summary>
    Assign,
}
