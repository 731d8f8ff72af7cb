using Paddock.Core.Policies;
using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Releases;

/// <summary>Runs the tests that stand in rules: a release is taken only when each of them holds.</summary>
internal static class RuleTestChecks
{
    public static void Check(FaultList faults, IEnumerable<Policy> policies)
    {
        foreach (var policy in policies)
        {
            foreach (var rule in policy.Rules)
            {
                Check(faults, policy, rule);
            }
        }
    }

    private static void Check(FaultList faults, Policy policy, PolicyRule rule)
    {
        var compiled = new CompiledRule(rule);
        foreach (var (i, test) in rule.Tests.Index())
        {
            var key = $"{rule.Key}.tests[{i}]";
            var subject = RuleTestSubject.Of(test, (fact, message, suggestion) => faults.Add(policy.File, fact.Line, DottedKey.Below(key, fact.Name), message, suggestion));
            if (subject is not null && RuleTestRun.Failure(compiled, test, subject) is { } failure)
            {
                faults.Add(policy.File, test.Line, key, failure);
            }
        }
    }
}
