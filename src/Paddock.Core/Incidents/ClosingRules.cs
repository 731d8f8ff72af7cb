using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>What must be there before an incident is closed.</summary>
public static class ClosingRules
{
    /// <param name="by">Who would close it. What closing it takes is not said away by one person: whoever lowered its severity below sev2 does not close it.</param>
    /// <returns>All that is missing; empty = it may be closed.</returns>
    public static ImmutableArray<IncidentRefusal> Missing(Incident incident, string by)
    {
        if (incident.Status is not IncidentStatus.Resolved)
        {
            return [new IncidentRefusal.WrongStatus(incident.Status, "one that is resolved is closed")];
        }

        if (incident.LoweredBy == by)
        {
            return [new IncidentRefusal.OwnSeverity()];
        }

        return incident.Postmortem switch
        {
            null => IsGrave(incident.Severity) ? [new IncidentRefusal.NoPostmortem()] : [],
            { ApprovedBy: null } one when IsGrave(incident.Severity) => [new IncidentRefusal.PostmortemNotApproved(), .. MissingIn(incident.Severity, one)],
            { } one => MissingIn(incident.Severity, one),
        };
    }

    /// <summary>Whether nobody closes it without having learnt from it: sev1 and sev2.</summary>
    public static bool IsGrave(IncidentSeverity severity) => severity <= IncidentSeverity.Sev2;

    /// <summary>What a postmortem lacks, whether approved or not. Of a small incident only that what it promises is promised by somebody.</summary>
    public static ImmutableArray<IncidentRefusal> MissingIn(IncidentSeverity severity, Postmortem postmortem)
    {
        var promised = postmortem.Actions.SelectMany(static (action, at) => Lacks(action).Select(what => new IncidentRefusal.ActionLacks(at + 1, what)));
        return IsGrave(severity) ? [.. Sections(postmortem), .. promised, .. Proof(postmortem)] : [.. promised];
    }

    private static IEnumerable<IncidentRefusal> Sections(Postmortem postmortem) =>
        new[] { ("summary", postmortem.Summary), ("impact", postmortem.Impact), ("causes", postmortem.Causes) }.Where(static section => string.IsNullOrWhiteSpace(section.Item2)).Select(static section => new IncidentRefusal.SectionMissing(section.Item1));

    private static IEnumerable<IncidentRefusal> Proof(Postmortem postmortem)
    {
        if (postmortem.Actions.IsEmpty)
        {
            yield return new IncidentRefusal.NoActions();
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
