using System.Collections.Immutable;

namespace Paddock.Core.Incidents;

/// <summary>What became of a command.</summary>
public abstract record IncidentOutcome
{
    private IncidentOutcome()
    {
    }

    /// <param name="Incident">As it is then.</param>
    /// <param name="Entries">What the timeline says of it.</param>
    public sealed record Changed(Incident Incident, ImmutableArray<IncidentEntry> Entries) : IncidentOutcome;

    /// <summary>It is so already.</summary>
    public sealed record Same : IncidentOutcome;

    /// <param name="Refusals">All there are.</param>
    public sealed record Refused(ImmutableArray<IncidentRefusal> Refusals) : IncidentOutcome;
}

/// <summary>Why a command is refused.</summary>
public abstract record IncidentRefusal(string Message)
{
    public sealed record WrongStatus(IncidentStatus From, string Wanted) : IncidentRefusal($"It is {From.ToString().ToLowerInvariant()}; {Wanted}.");

    public sealed record TooLate() : IncidentRefusal($"It ended more than {IncidentTimes.Reopen.TotalMinutes:0} minutes ago; open another, and link its alerts.");

    public sealed record EtaNotAhead() : IncidentRefusal($"An ETA is ahead, and at most {IncidentTimes.LongestEta.Days} days.");

    public sealed record NoPostmortem() : IncidentRefusal("Its postmortem is missing.");

    public sealed record PostmortemNotApproved() : IncidentRefusal("Its postmortem is not approved, or was changed since.");

    public sealed record OwnPostmortem() : IncidentRefusal("A postmortem is approved by somebody who has not written in it.");

    public sealed record OwnSeverity() : IncidentRefusal("It was a sev1 or sev2 until you said that it is none: somebody else closes it.");

    public sealed record WrittenMeanwhile() : IncidentRefusal("Somebody else has written in the postmortem meanwhile; read it again.");

    public sealed record SectionMissing(string Section) : IncidentRefusal($"The postmortem has no {Section}.");

    public sealed record NoActions() : IncidentRefusal("The postmortem has no action items.");

    /// <param name="Number">From 1.</param>
    public sealed record ActionLacks(int Number, string What) : IncidentRefusal($"Action item {Number} has no {What}.");

    public sealed record NoTest() : IncidentRefusal("No action item is a test with its id, the run in which it failed before the fix and the run in which it passed after it.");
}
