namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What an option of a program means. Of several that an abbreviation could mean, the last one here counts.</summary>
internal enum OptionUse
{
    Flag,

    /// <summary>Changes nothing that a rule could care for: the command is listed without it.</summary>
    Quiet,

    /// <summary>The program only tells something and runs nothing.</summary>
    Asks,

    /// <summary>Has a value without meaning here.</summary>
    Value,

    /// <summary>Has a value only when it is attached.</summary>
    Maybe,

    Path,

    /// <summary>A file or folder of this machine that something else gets to see: what stands before a colon, or behind <c>src=</c>.</summary>
    Mount,
    Read,
    Host,

    /// <summary>Sends its value, or the file named after an <c>@</c> in it.</summary>
    Data,

    /// <summary>Sends the file.</summary>
    Upload,

    Write,

    /// <summary>Writes a file named like the URL's last part.</summary>
    Remote,

    /// <summary>Changes the files among the operands; a value is attached.</summary>
    InPlace,

    /// <summary>Removes what the operands name.</summary>
    Deletes,

    /// <summary>A setting of git, <c>key=value</c>.</summary>
    Config,

    /// <summary>A program in the tool's own language.</summary>
    Script,

    /// <summary>A module to run; all that follows is its own.</summary>
    Module,

    /// <summary>A line for a shell.</summary>
    Line,

    /// <summary>What it runs cannot be told for certain; its value is read as a line for rules that forbid.</summary>
    DarkLine,

    /// <summary>A command, up to <c>;</c> or <c>+</c>.</summary>
    Command,

    /// <summary>Runs or loads what cannot be seen.</summary>
    Dark,
}
