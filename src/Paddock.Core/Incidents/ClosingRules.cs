using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>What must be there before an incident is closed.</summary>
public static class ClosingRules
{
    /// <returns>All that is missing; empty = it may be closed.</returns>
    public static ImmutableArray<IncidentRefusal> Missing(Incident incident)
    {
        if (incident.Status is not IncidentStatus.Resolved)
        {
            return [new IncidentRefusal.WrongStatus(incident.Status, "one that is resolved is closed")];
        }

        if (incident.Severity > IncidentSeverity.Sev2)
        {
            return [];
        }

        return incident.Postmortem is not { } postmortem
            ? [new IncidentRefusal.NoPostmortem()]
            : [.. postmortem.ApprovedBy is null ? [new IncidentRefusal.PostmortemNotApproved()] : Array.Empty<IncidentRefusal>(), .. MissingIn(postmortem)];
    }

    /// <summary>What a postmortem lacks, whether approved or not.</summary>
    public static IEnumerable<IncidentRefusal> MissingIn(Postmortem postmortem)
    {
        foreach (var (name, text) in new[] { ("summary", postmortem.Summary), ("impact", postmortem.Impact), ("causes", postmortem.Causes) })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return new IncidentRefusal.SectionMissing(name);
            }
        }

        if (postmortem.Actions.IsEmpty)
        {
            yield return new IncidentRefusal.NoActions();
        }

        foreach (var lack in postmortem.Actions.SelectMany(static (action, at) => Lacks(action).Select(what => new IncidentRefusal.ActionLacks(at + 1, what))))
        {
            yield return lack;
        }

        if (!postmortem.Actions.Any(static action => action is { Kind: ActionKind.Test, Test: { } test } && IsProof(test)))
        {
            yield return new IncidentRefusal.NoTest();
        }
    }

    private static IEnumerable<string> Lacks(ActionItem action) => new[]
    {
        string.IsNullOrEmpty(action.Owner) ? "owner" : null, action.Due is null ? "due date" : null, action.Kind is null ? "kind (test, policy, runbook, doc)" : null,
    }.OfType<string>();

    /// <summary>One run cannot both fail and pass.</summary>
    private static bool IsProof(TestProof proof) =>
        !string.IsNullOrWhiteSpace(proof.Test) && !string.IsNullOrWhiteSpace(proof.FailingRun) && !string.IsNullOrWhiteSpace(proof.PassingRun) && proof.FailingRun != proof.PassingRun;
}
