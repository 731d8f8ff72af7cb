using System.Collections.Immutable;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;

namespace Paddock.Core.Policies.Authoring;

/// <summary>Asks every rule what it says of one call. The rules are those that judge; only here they are asked why.</summary>
internal sealed class Explaining
{
    private readonly PolicySubject subject;
    private readonly RuleEntry[] entries;
    private readonly CallUnits units;
    private readonly PolicyVerdict verdict;

    private Explaining(PolicySubject subject, RuleEntry[] entries, PolicyVerdict verdict) =>
        (this.subject, this.entries, this.verdict, units) = (subject, entries, verdict, CallUnits.Of(subject));

    public static PolicyExplanation Explain(PolicySubject subject, RuleEntry[] entries, PolicyVerdict verdict)
    {
        var explaining = new Explaining(subject, entries, verdict);
        var rules = entries.Select((entry, at) => (At: at, Told: explaining.Rule(entry))).ToList();
        var ordered = rules.OrderBy(rule => rule.At != verdict.Rule).ThenBy(rule => explaining.Misses(entries[rule.At])).ThenByDescending(rule => rule.Told.Stage).ThenBy(rule => rule.At);
        return new(verdict, [.. ordered.Select(rule => rule.Told)], explaining.LeftToDefaults());
    }

    private RuleExplanation Rule(RuleEntry entry)
    {
        var stage = entry.Check(subject, units, out var reach);
        var (wants, has) = StageWords.Of(entry, stage, subject);
        return new(entry.Bound, stage)
        {
            Wants = wants,
            Has = has,
            Operands = stage is MatchStage.Matched or MatchStage.When ? Operands(entry.Rule.Source.Condition) : [],
            SpeaksOf = stage is MatchStage.Matched && !reach.Whole && (units.Needed & ~reach.Units) != 0 ? Pieces(reach.Units & units.Needed) : [],
            Overridden = stage is MatchStage.Matched && new Judging(subject, entries, hasMilder: true).IsOverridden(entry, reach, enforcedOnly: entry.IsEnforced),
        };
    }

    /// <summary>At how many stages the rule and the call do not meet, each looked at by itself.</summary>
    private int Misses(RuleEntry entry) =>
        (entry.Scope.Takes(subject) ? 0 : 1)
        + (entry.Rule.Allows && (entry.Asserted & ~subject.Pins) != KeyPins.None ? 1 : 0)
        + entry.Rule.Check(subject, units, out _) switch
        {
            MatchStage.Matched => 0,
            // Where the class already differs, or the command, the rule is about something else.
            MatchStage.Classes or MatchStage.Tools or MatchStage.Mcp => 4,
            MatchStage.Commands or MatchStage.Paths => 2,
            _ => 1,
        };

    private ImmutableArray<OperandExplanation> Operands(Expression? condition) => condition is null ? [] :
    [
        .. condition.Explain(subject.Facts).Select(operand => new OperandExplanation(operand.Text, operand.Truth, [.. FactText.Of(UsesOf(operand.Text), subject.Facts)])),
    ];

    /// <summary>An operand of the outermost <c>&amp;&amp;</c> is an expression by itself.</summary>
    private static FactMask UsesOf(string text) => ExpressionCompiler.Compile(text) is ExpressionOutcome.Compiled compiled ? compiled.Expression.Uses : FactMask.None;

    private ImmutableArray<string> LeftToDefaults()
    {
        if (verdict.Rule >= 0)
        {
            return [];
        }

        var covered = 0UL;
        foreach (var entry in entries.Where(entry => entry.IsEnforced))
        {
            covered |= entry.Check(subject, units, out var reach) is MatchStage.Matched ? reach.Units : 0;
        }

        return [.. Pieces(units.Needed & ~covered), .. units.Unseen ? [subject.Line?.OpaqueBecause ?? "what cannot be seen"] : (string[])[]];
    }

    private ImmutableArray<string> Pieces(ulong bits) =>
    [
        .. from i in Enumerable.Range(0, CallUnits.Most)
           where (bits & (1UL << i)) != 0
           select subject.Class switch
           {
               ToolClass.Command when i < subject.Line?.Commands.Count => string.Join(' ', subject.Line.Commands[i].Argv),
               not ToolClass.Command when i < subject.Paths.Length => subject.Paths[i].Text,
               _ => "the call",
           },
    ];
}
