using Paddock.Core.Policies;

namespace Paddock.Core.Releases;

/// <summary>What can only be said of policies when all documents of a release are read.</summary>
internal static class PolicyChecks
{
    /// <summary>Bits and comparisons grow with this; far more than a company writes.</summary>
    private const int MostBoundRules = 20_000;

    public static void Check(ReleaseDraft draft)
    {
        if (CheckBound(draft))
        {
            UnreachableRules.Check(draft.Faults, draft.Policies, draft.Bindings);
        }

        foreach (var binding in draft.Bindings)
        {
            if (draft.Policies.Find(policy => policy.Name == binding.Policy) is { Rules.Length: > 0 } policy)
            {
                CheckEnforcement(draft.Faults, policy, binding);
            }
        }
    }

    /// <returns>Whether there are few enough to compare them with each other.</returns>
    private static bool CheckBound(ReleaseDraft draft)
    {
        var bound = draft.Bindings.ToLookup(binding => binding.Policy, StringComparer.Ordinal);
        foreach (var policy in draft.Policies.Where(policy => policy.Name.Length > 0 && !bound.Contains(policy.Name)))
        {
            // There is no warning that somebody would see on every import, and whoever wrote a rule believes that it holds.
            draft.Faults.Add(policy.File, policy.Line, "metadata.name", "No PolicyBinding names this policy, so none of its rules would ever be looked at. To keep it without using it, bind it with 'enforcement: off'.");
        }

        var count = draft.Policies.Sum(policy => (long)policy.Rules.Length * bound[policy.Name].Count());
        if (count > MostBoundRules)
        {
            draft.Faults.Add("", 0, "", $"A release has at most {MostBoundRules} rules, each counted once for each binding; this one has {count}.");
        }

        return count <= MostBoundRules;
    }

    private static void CheckEnforcement(FaultList faults, Policy policy, PolicyBinding binding)
    {
        var (message, suggestion) = binding.Enforcement switch
        {
            Enforcement.Soft when policy.Rules.FirstOrDefault(rule => rule.Effect == Effect.RequireApproval) is { } rule =>
                ($"'soft' lets the asker override a deny; the rule {rule.Id} requires somebody's approval already. Bind the two by policies of their own.", "enforce"),
            Enforcement.Soft or Enforcement.Warn when policy.Rules.All(rule => rule.Effect == Effect.Allow) =>
                ("Every rule of this policy allows, so there is nothing to warn of or to override.", "enforce"),
            _ => (null, null),
        };
        if (message is not null)
        {
            faults.Add(binding.File, binding.Line, "spec.enforcement", message, suggestion);
        }

        if (binding.Overridable && policy.Rules.All(rule => rule.Effect == Effect.Allow))
        {
            faults.Add(binding.File, binding.Line, "spec.overridable", "Every rule of this policy allows, so there is nothing to override.");
        }
    }
}
