using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Matching;

/// <summary>A rule in the shape in which calls are compared with it.</summary>
internal sealed class CompiledRule
{
    private readonly FactMask uses;

    public CompiledRule(PolicyRule source)
    {
        Source = source;
        Match = new(source.Match);
        uses = source.Condition?.Uses ?? FactMask.None;
        Asserted = (source.Match.Agents.IsEmpty ? KeyPins.None : KeyPins.Agent)
            | (source.Match.Modes.IsEmpty ? KeyPins.None : KeyPins.Mode)
            | (source.Match.Repositories.IsEmpty ? KeyPins.None : KeyPins.Repository)
            | AssertedBy(uses);
    }

    private static KeyPins AssertedBy(FactMask uses) =>
        (uses.HasAny(FactMask.Of(Fact.AgentId, Fact.AgentName, Fact.ClientStale)) ? KeyPins.Agent : KeyPins.None)
        | (uses.Has(Fact.TaskMode) ? KeyPins.Mode : KeyPins.None)
        | (uses.Has(Fact.TaskRepository) ? KeyPins.Repository : KeyPins.None);

    public PolicyRule Source { get; }

    public CompiledMatch Match { get; }

    public bool Allows => Source.Effect == Effect.Allow;

    /// <summary>The facts that an agent says of itself and this rule looks at.</summary>
    public KeyPins Asserted { get; }

    /// <summary>Whether what this rule says may depend on one of these facts.</summary>
    public bool LooksAt(FactMask facts) => uses.HasAny(facts)
        || (!Match.Commands.IsEmpty && facts.Has(Fact.CallArgv))
        || (!(Match.Paths.IsEmpty && Match.NotPaths.IsEmpty) && facts.Has(Fact.CallPaths));

    /// <summary>Whether this rule speaks of the call wherever it is bound, and of which pieces.</summary>
    public MatchStage Check(PolicySubject subject, CallUnits units, out RuleReach reach)
    {
        reach = default;
        var stage = Match.Caller(subject);
        return stage is MatchStage.Matched ? CheckArguments(subject, units, out reach) : stage;
    }

    /// <summary>The same when it is known already who calls what.</summary>
    public MatchStage CheckArguments(PolicySubject subject, CallUnits units, out RuleReach reach)
    {
        var stage = Arguments(subject, units, out reach);
        return stage is MatchStage.Matched && Source.Condition is not null ? When(subject.Facts, ref reach) : stage;
    }

    /// <summary>An expression that cannot be evaluated takes the fail-closed side.</summary>
    private MatchStage When(FactValues facts, ref RuleReach reach)
    {
        var truth = Source.Condition?.Evaluate(facts) ?? Truth.True;
        reach = reach with { Failed = truth is Truth.Error };
        return truth is Truth.True || (truth is Truth.Error && !Allows) ? MatchStage.Matched : MatchStage.When;
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

    /// <summary>A line that is more than plain words is allowed only by a rule whose expression looks at what makes it so.</summary>
    private bool IsLegible(PolicySubject subject) => subject.Line switch
    {
        { Legibility: Legibility.Plain } => true,
        { Legibility: Legibility.Read } line => (line.WritesTo.Count == 0 || uses.Has(Fact.CallWritesTo))
            && (line.ReadsFrom.Count == 0 || uses.HasAny(FactMask.Of(Fact.CallPaths)) || !Match.Paths.IsEmpty)
            && (line.Env.Count == 0 || uses.Has(Fact.CallEnv))
            && (!line.HasExpansion || uses.Has(Fact.CallHasExpansion))
            && (!line.RunsInput || uses.Has(Fact.CallRunsInput)),
        _ => false,
    };

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
