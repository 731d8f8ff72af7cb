using Paddock.Core.Alerts;

namespace Paddock.Core.Releases;

/// <summary>What can only be said of alert rules when all documents of a release are read.</summary>
internal static class AlertChecks
{
    /// <summary>Refuses rules that keep each other quiet in a ring, or themselves: people would be told of none of them, however long they are met.</summary>
    public static void Check(ReleaseDraft draft)
    {
        foreach (var rule in draft.AlertRules.Where(rule => rule.Enabled && Reached(rule, draft).Contains(rule.Name)))
        {
            if (draft.Documents.Find(head => head.Kind == DocumentKinds.AlertRule && head.Name == rule.Name) is { } head)
            {
                draft.Faults.Add(head.File, head.Line, "spec.inhibits", "The rule keeps itself quiet, by itself or by way of those that it inhibits: nobody would be told.");
            }
        }
    }

    /// <summary>All that a rule inhibits, and what those inhibit that are switched on.</summary>
    private static HashSet<string> Reached(AlertRule from, ReleaseDraft draft)
    {
        var (reached, next) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(from.Inhibits));
        while (next.TryDequeue(out var name))
        {
            // the shipped ones are asked for only where the release has none of the name: they are read by way of here themselves
            if (reached.Add(name) && (draft.AlertRules.Find(rule => rule.Name == name) ?? ShippedAlerts.Rules.FirstOrDefault(rule => rule.Name == name)) is { Enabled: true } rule)
            {
                foreach (var further in rule.Inhibits)
                {
                    next.Enqueue(further);
                }
            }
        }

        return reached;
    }
}
