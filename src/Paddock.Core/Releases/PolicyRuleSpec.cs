using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Policies.Facts;

namespace Paddock.Core.Releases;

/// <summary>Reads one rule of a <c>Policy</c>.</summary>
internal static class PolicyRuleSpec
{
    private const int LongestId = 100, MostObligations = 10, MostGrantWords = 10;
    private static readonly string[] effects = ["allow", "require_approval", "deny"];
    private static readonly string[] obligations = ["notification", "step_up", "session_termination", "custom"];
    private static readonly TimeSpan shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromDays(14);

    /// <returns>Null when it has faults: what is said of a rule that was half read would mislead.</returns>
    public static PolicyRule? Read(Fields fields)
    {
        var faults = fields.Place.FaultCount;
        var id = Id(fields);
        var effect = (Effect?)fields.Choice("effect", effects, required: true);
        var rule = new PolicyRule
        {
            Id = id ?? "",
            Line = fields.Line,
            Key = fields.Path,
            Match = fields.Object("match") is { } match ? RuleMatchSpec.Read(match) : RuleMatch.Everything,
            When = fields.Text("when"),
            WhenLine = fields.LineOf("when"),
            Condition = Condition(fields),
            Effect = effect ?? Effect.Deny,
            Approval = Approval(fields),
            Obligations = Obligations(fields),
            Audit = RuleAuditSpec.Read(fields),
            Because = fields.Text("because"),
            Fix = fields.Text("fix"),
            HideTool = fields.Flag("hideTool") ?? false,
            Tests = RuleTestSpec.Read(fields),
        };
        fields.Close();
        if (effect is not null)
        {
            CheckCondition(fields, rule);
            CheckApproval(fields, rule);
            CheckHiding(fields, rule);
            CheckTests(fields, rule);
            RuleAuditSpec.Check(fields, rule);
        }

        return fields.Place.FaultCount > faults ? null : rule;
    }

    private static string? Id(Fields fields)
    {
        var id = fields.Text("id", required: true);
        if (id is null || (id.Length <= LongestId && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            return id;
        }

        fields.Fault("id", $"A rule's id begins with a letter or digit and holds letters, digits, '-', '_' and '.', at most {LongestId} in all: it stands in decisions and metrics.");
        return null;
    }

    private static Expression? Condition(Fields fields)
    {
        if (fields.Text("when") is not { } text)
        {
            return null;
        }

        var outcome = ExpressionCompiler.Compile(text);
        foreach (var fault in outcome is ExpressionOutcome.Rejected rejected ? rejected.Faults : [])
        {
            fields.Fault("when", $"{fault.Message} (character {fault.Column}{(fault.Line > 1 ? $" of line {fault.Line}" : "")} of the expression)", fault.Suggestion);
        }

        return (outcome as ExpressionOutcome.Compiled)?.Expression;
    }

    /// <summary>What the agent says of itself may tighten a decision, never loosen it; a key can state agent, mode and repository, but no task.</summary>
    private static void CheckCondition(Fields fields, PolicyRule rule)
    {
        foreach (var fact in FactTable.Closed.Where(info => rule.Condition is { } looks && looks.Uses.Has(info.Fact) && FactTable.WithoutSource.Has(info.Fact)))
        {
            fields.Fault("when", $"{fact.Name} is not known to this version of Paddock yet, so this rule could never be judged by it.");
        }

        if (rule is { Effect: Effect.Allow, Condition: { } condition } && condition.Uses.Has(Fact.TaskId))
        {
            fields.Fault("when", "An allow rule cannot look at task.id: the agent says it of itself, and no key can state it.");
        }
    }

    private static RuleApproval? Approval(Fields fields)
    {
        if (fields.Object("approval") is not { } approval)
        {
            return null;
        }

        var read = ApprovalOf(approval);
        approval.Close();
        return read;
    }

    /// <summary>The fields of an <c>approval</c>, of a rule or of the defaults.</summary>
    public static RuleApproval ApprovalOf(Fields approval) => new(approval.Reference("chain", DocumentKinds.ApprovalChain, required: true) ?? "")
    {
        Ttl = approval.Duration("ttl", shortest, longest),
        SelfAcknowledgement = approval.Flag("selfAcknowledgement") ?? false,
        Grant = Grant(approval),
    };

    private static RuleGrant? Grant(Fields approval)
    {
        if (approval.Object("grant") is not { } grant)
        {
            return null;
        }

        var read = new RuleGrant(
            (int)(grant.Whole("words", 1, MostGrantWords) ?? 2),
            (int)(grant.Whole("uses", 1, GrantOffer.MostUses, required: true) ?? 1),
            grant.Duration("ttl", shortest, longest, required: true) ?? shortest);
        grant.Close();
        return read;
    }

    private static ImmutableArray<RuleObligation> Obligations(Fields fields)
    {
        var read = ImmutableArray.CreateBuilder<RuleObligation>();
        foreach (var item in fields.Objects("obligations", required: fields.Has("obligations")))
        {
            read.Add(Obligation(item));
            item.Close();
        }

        if (read.Count > MostObligations)
        {
            fields.Fault("obligations", $"A rule has at most {MostObligations} obligations.");
        }

        return read.ToImmutable();
    }

    private static RuleObligation Obligation(Fields fields)
    {
        var type = obligations[fields.Choice("type", obligations, required: true) ?? 0];
        var properties = fields.Pairs("properties");
        foreach (var taken in properties.Where(pair => type == RuleObligation.Notification && DecisionNotices.Names.Contains(pair.Key)))
        {
            fields.Fault("properties", $"Paddock tells '{taken.Key}' itself; give this another name.");
        }

        return new(type, [.. properties.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value))]);
    }

    private static void CheckApproval(Fields fields, PolicyRule rule)
    {
        if (rule.Effect == Effect.RequireApproval && !fields.Has("approval"))
        {
            fields.Fault("effect", "Say with 'approval: {chain: …}' whose approval is required.");
        }
        else if (rule.Effect != Effect.RequireApproval && fields.Has("approval"))
        {
            fields.Fault("approval", $"Nobody is asked by 'effect: {effects[(int)rule.Effect]}'.", effects[(int)Effect.RequireApproval]);
        }
    }

    private static void CheckHiding(Fields fields, PolicyRule rule)
    {
        if (!rule.HideTool)
        {
            return;
        }

        if (rule.Effect != Effect.Deny)
        {
            fields.Fault("hideTool", "Only a tool that is denied can be hidden.");
        }

        // What is offered to the model is settled before anything is called, so nothing that a call decides may play a part.
        if (rule.When is not null || !rule.Match.Commands.IsEmpty || !rule.Match.Paths.IsEmpty || !rule.Match.NotPaths.IsEmpty)
        {
            fields.Fault("hideTool", "A tool is hidden for all its calls: this rule may have no 'when', 'commands' or 'paths'.");
        }
    }

    private static void CheckTests(Fields fields, PolicyRule rule)
    {
        if (rule.Effect == Effect.Allow || rule.Tests.Any(test => test.Matches))
        {
            return;
        }

        if (!fields.Has("tests"))
        {
            fields.Fault("id", $"A rule with 'effect: {effects[(int)rule.Effect]}' needs 'tests', at least one 'match': a rule that nobody has seen matching may never match.");
        }
        else if (!rule.Tests.IsEmpty)
        {
            fields.Fault("tests", "At least one test must be a 'match': a rule that nobody has seen matching may never match.");
        }
    }
}
