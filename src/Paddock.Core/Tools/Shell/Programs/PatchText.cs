using Paddock.Core.Tools.Shell.Posix;

namespace Paddock.Core.Tools.Shell.Programs;

/// <summary>The files that a patch changes whose text stands in the line itself. Codex applies one that its shell is given, as if its own tool had been called.</summary>
internal static class PatchText
{
    public static void Note(ShellFacts facts, Invocation call, CommandInput input)
    {
        if (!call.Rule.Traits.Contains("patch"))
        {
            return;
        }

        foreach (var text in call.Arguments.Operands.Append(input.Text).OfType<Word>().Select(static word => word.Text))
        {
            foreach (var path in PatchHeaders.Paths(text).Concat(PatchHeaders.PathsOfDiff(text)))
            {
                facts.Read();
                facts.Writes(path, content: true);
            }
        }
    }
}
