namespace Paddock.Core.Tools.Shell;

/// <summary>One command that a line would run.</summary>
/// <param name="Argv">Program and arguments, quotes removed; a word with an expansion stands as it was written.</param>
/// <param name="Known">How many leading words are literal text: the first word with an expansion ends the count.</param>
public sealed record ShellCommand(IReadOnlyList<string> Argv, int Known, CommandRole Role);
