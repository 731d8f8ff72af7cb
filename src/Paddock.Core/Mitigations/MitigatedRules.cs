using Paddock.Core.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Mitigations;

/// <summary>
/// Rules that mitigations ask for, in a policy that no document names, <c>mitigation:ID</c>: the one engine decides, and decisions and
/// explanations show them as they show any rule. They refuse or ask, so nobody may do more than by the release.
/// </summary>
internal static class MitigatedRules
{
    /// <summary>All that are not known to change nothing.</summary>
    private static readonly ToolClass[] changing = [ToolClass.Other, ToolClass.Command, ToolClass.Edit, ToolClass.Mcp, ToolClass.Browser];

    public static IEnumerable<(Policy Policy, PolicyBinding Binding)> Of(MitigationSet set)
    {
        foreach (var one in set.All)
        {
            var rule = one.Measure switch
            {
                Measure.ReadOnly => new PolicyRule { Id = one.Step, Match = RuleMatch.Everything with { Classes = [.. changing] }, Effect = Effect.Deny, Because = one.Reason, Fix = "Read and plan for now; ask again later." },
                Measure.Ask ask => new PolicyRule { Id = one.Step, Match = RuleMatch.Everything with { Classes = ask.Classes }, Effect = Effect.RequireApproval, Approval = new(ask.Chain), Because = one.Reason },
                _ => null,
            };
            if (rule is not null)
            {
                var name = "mitigation:" + one.Id;
                yield return (new() { Name = name, Rules = [rule] }, new() { Name = name, Policy = name, Enforcement = Enforcement.Enforce, OnlyTightens = true });
            }
        }
    }

    /// <summary>The binding as firm as mitigations ask for. What was only watched refuses and asks then, and allows nothing: the release does not.</summary>
    public static PolicyBinding Firm(PolicyBinding binding, MitigationSet set) =>
        binding.Enforcement is not Enforcement.Off && set.Of<Measure.Tighten>().Any(one => one.Measure.Policy == binding.Policy)
            ? binding with { Enforcement = Enforcement.Enforce, OnlyTightens = binding.Enforcement is Enforcement.Shadow or Enforcement.Warn }
            : binding;
}
