using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Matching;

/// <summary>A rule in the shape in which calls are compared with it.</summary>
internal sealed class CompiledRule
{
    public CompiledRule(PolicyRule source)
    {
        Source = source;
        Match = new(source.Match);
        Asserted = (source.Match.Agents.IsEmpty ? KeyPins.None : KeyPins.Agent)
            | (source.Match.Modes.IsEmpty ? KeyPins.None : KeyPins.Mode)
            | (source.Match.Repositories.IsEmpty ? KeyPins.None : KeyPins.Repository);
    }

    public PolicyRule Source { get; }

    public CompiledMatch Match { get; }

    public bool Allows => Source.Effect == Effect.Allow;

    /// <summary>The facts that an agent says of itself and this rule looks at.</summary>
    public KeyPins Asserted { get; }

    /// <summary>Whether this rule speaks of the call wherever it is bound, and of which pieces.</summary>
    public MatchStage Check(PolicySubject subject, CallUnits units, out RuleReach reach)
    {
        reach = default;
        return Match.Caller(subject) is not MatchStage.Matched and var stage ? stage : Arguments(subject, units, out reach);
    }

    /// <summary>What the arguments are, for the pieces of the call that this rule is about.</summary>
    private MatchStage Arguments(PolicySubject subject, CallUnits units, out RuleReach reach)
    {
        reach = RuleReach.Everything;
        if (!Match.Commands.IsEmpty && !TakesCommands(subject.Line, units, out reach))
        {
            return MatchStage.Commands;
        }

        if (!Match.Paths.IsEmpty && !TakesPaths(subject, units, ref reach))
        {
            return MatchStage.Paths;
        }

        return Allows && subject.Class == ToolClass.Command && !IsLegible(subject) ? MatchStage.Legibility : MatchStage.Matched;
    }

    private static bool IsLegible(PolicySubject subject) => subject.Line is { Legibility: Legibility.Plain };

    private bool TakesCommands(ShellLine? line, CallUnits units, out RuleReach reach)
    {
        var (bits, any) = (0UL, false);
        for (var i = 0; line is not null && i < line.Commands.Count; i++)
        {
            if (AnyCommand(line.Commands[i]))
            {
                any = true;
                bits |= i < CallUnits.Most ? 1UL << i : 0;
            }
        }

        reach = new(bits, !Allows && units.IsSingle);
        return any;
    }

    private bool AnyCommand(ShellCommand command)
    {
        foreach (var pattern in Match.Commands)
        {
            if (Allows ? pattern.Covers(command) : pattern.MightMatch(command))
            {
                return true;
            }
        }

        return false;
    }

    private bool TakesPaths(PolicySubject subject, CallUnits units, ref RuleReach reach)
    {
        var bits = 0UL;
        var count = 0;
        for (var i = 0; i < subject.Paths.Length; i++)
        {
            if (TakesPath(subject.Paths[i]))
            {
                count++;
                bits |= i < CallUnits.Most ? 1UL << i : 0;
            }
        }

        if (subject.Class != ToolClass.Command)
        {
            reach = new(bits, !Allows && units.IsSingle);
            return count > 0;
        }

        // Which command of a line a path belongs to is not told: an allow must take them all, anything else speaks of the line only where it is one command.
        reach = Allows || units.IsSingle ? reach : reach with { Units = Match.Commands.IsEmpty ? 0 : reach.Units, Whole = false };
        return count > 0 && (!Allows || count == subject.Paths.Length);
    }

    private bool TakesPath(PathText path)
    {
        foreach (var not in Match.NotPaths)
        {
            if (Allows ? not.MightMatch(path) : not.Covers(path))
            {
                return false;
            }
        }

        foreach (var pattern in Match.Paths)
        {
            if (Allows ? pattern.Covers(path) : pattern.MightMatch(path))
            {
                return true;
            }
        }

        return false;
    }
}
