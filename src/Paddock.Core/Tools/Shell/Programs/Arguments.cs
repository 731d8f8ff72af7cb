using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>The words behind a program, sorted by its rule.</summary>
internal sealed class Arguments
{
    public List<(string Name, OptionUse Use, Word? Value)> Options { get; } = [];

    public List<Word> Operands { get; } = [];

    /// <summary><c>NAME=value</c> before the command.</summary>
    public List<Word> Assignments { get; } = [];

    /// <summary>Those that options such as <c>-exec</c> carry.</summary>
    public List<Word[]> Commands { get; } = [];

    /// <summary>Where the command behind the program begins; the number of words when there is none.</summary>
    public int CommandAt { get; set; }

    /// <summary>The first word that stands where an option may stand and of which the beginning cannot be told.</summary>
    public Word? Doubtful { get; set; }

    /// <summary>The first option that the rule does not know.</summary>
    public string? Unknown { get; set; }

    public bool Has(OptionUse use) => Options.Exists(o => o.Use == use);
}
