using System.Numerics;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Matching;

/// <summary>
/// What of a call has to be allowed piece by piece: each command of a line, each path of another tool. One bit each; a call without pieces is one.
/// </summary>
/// <param name="Needed">The pieces.</param>
/// <param name="Unseen">There is more than the pieces, of which nobody can tell.</param>
internal readonly record struct CallUnits(ulong Needed, bool Unseen)
{
    public const int Most = 64;

    /// <summary>Whether there is exactly one piece and nothing else.</summary>
    public bool IsSingle => !Unseen && BitOperations.PopCount(Needed) == 1;

    public static CallUnits Of(PolicySubject subject)
    {
        if (subject.Class != ToolClass.Command)
        {
            var count = subject.Paths.Length;
            return new(count >= Most ? ulong.MaxValue : count == 0 ? 1 : (1UL << count) - 1, count > Most);
        }

        if (subject.Line is not { } line)
        {
            return new(0, true);
        }

        var needed = 0UL;
        for (var i = 0; i < line.Commands.Count && i < Most; i++)
        {
            needed |= line.Commands[i].Role == CommandRole.Wrapper ? 0 : 1UL << i;
        }

        return new(needed, line.Legibility == Legibility.Opaque || line.Commands.Count > Most);
    }
}

/// <summary>Which pieces a rule speaks of.</summary>
/// <param name="Whole">All of them, and what is unseen.</param>
internal readonly record struct RuleReach(ulong Units, bool Whole)
{
    /// <summary>Its expression could not be evaluated: a refusal counts as matching, an allow does not.</summary>
    public bool Failed { get; init; }

    public static readonly RuleReach Everything = new(ulong.MaxValue, true);
}
