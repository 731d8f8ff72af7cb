namespace Paddock.Core.Tools.Shell;

/// <summary>What a command line would do, as far as its text tells.</summary>
public sealed record ShellLine
{
    public required Legibility Legibility { get; init; }

    /// <summary>Every command that was seen, also in an opaque line, more or less in the order of the text.</summary>
    public IReadOnlyList<ShellCommand> Commands { get; init; } = [];

    /// <summary>Files that redirections and understood arguments write, change or remove, as written.</summary>
    public IReadOnlyList<string> WritesTo { get; init; } = [];

    /// <summary>Files that redirections and understood arguments read, as written.</summary>
    public IReadOnlyList<string> ReadsFrom { get; init; } = [];

    /// <summary>Assignments, also those of <c>env</c> and <c>export</c>; a value with an expansion stands as it was written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];

    /// <summary>Hosts named in URLs and in arguments of network programs, lower case, without port; one that cannot be told stands as written.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>All arguments that look like paths, and all targets of redirections, as written.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>A variable, substitution, glob, brace or tilde stands somewhere, or a command takes arguments from its input.</summary>
    public bool HasExpansion { get; init; }

    /// <summary>An interpreter takes its program from a pipe, a here-document, a substitution or a redirection.</summary>
    public bool RunsInput { get; init; }

    /// <summary>Why the line is opaque, in words for people; null when it is not.</summary>
    public string? OpaqueBecause { get; init; }
}
