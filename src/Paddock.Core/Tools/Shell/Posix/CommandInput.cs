namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>Where a command's standard input comes from.</summary>
/// <param name="IsFed">From a pipe, file or text of this line, not from whoever started the line.</param>
/// <param name="Text">The text itself, where it stands in the line.</param>
internal readonly record struct CommandInput(bool IsFed, Word? Text)
{
    public static CommandInput Inherited => default;

    public static CommandInput Fed => new(true, null);
}
