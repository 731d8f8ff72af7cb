namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>What a program does with its operands as far as running goes.</summary>
internal enum ProgramKind
{
    /// <summary>Runs nothing that its arguments name.</summary>
    Tool,

    /// <summary>Runs the command that follows, and changes nothing else that a rule could care for.</summary>
    Wrap,

    /// <summary>Runs the command that follows, elsewhere or with other rights.</summary>
    Step,

    /// <summary>Runs the command that follows with arguments from its input.</summary>
    Feed,

    /// <summary>Gives its operands to a shell as a line.</summary>
    Line,

    /// <summary>Its first operand is a command of its own, which has a rule of its own.</summary>
    Menu,

    /// <summary>Runs the file that its first operand names, or its input when there is none.</summary>
    Interp,

    /// <summary>As <see cref="Interp"/>, and <c>-c</c> makes the first operand a line.</summary>
    Shell,

    /// <summary>What it runs cannot be seen.</summary>
    Dark,

    /// <summary>As <see cref="Dark"/>, but its operands are read as a line for rules that forbid.</summary>
    DarkLine,
}
