using System.Collections.Immutable;
using Paddock.Core.Policies;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of a <c>Policy</c>.</summary>
internal static class PolicySpec
{
    private const int MostRules = 1_000;

    public static Policy Read(DocumentHead head, Fields spec)
    {
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        var ids = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var fields in spec.Objects("rules", required: true))
        {
            if (PolicyRuleSpec.Read(fields) is not { } rule)
            {
                continue;
            }

            if (!ids.TryAdd(rule.Id, rule.Line))
            {
                fields.Fault("id", $"There is a rule of this id already, on line {ids[rule.Id]}.");
                continue;
            }

            rules.Add(rule);
        }

        if (rules.Count > MostRules)
        {
            spec.Fault("rules", $"A policy has at most {MostRules} rules.");
        }

        return new() { Name = head.Name, Rules = rules.ToImmutable(), File = head.File, Line = head.Line };
    }
}
