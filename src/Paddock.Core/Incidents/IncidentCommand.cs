namespace Paddock.Core.Incidents;

/// <summary>What somebody does with an incident.</summary>
public abstract record IncidentCommand
{
    private IncidentCommand()
    {
    }

    public sealed record Acknowledge : IncidentCommand;

    /// <param name="Owner">Principal id of somebody who exists.</param>
    public sealed record Assign(string Owner) : IncidentCommand;

    public sealed record SetEta(DateTimeOffset Eta, string Reason) : IncidentCommand;

    public sealed record SetSeverity(IncidentSeverity Severity, string Reason) : IncidentCommand;

    /// <summary>Tells those who wait for it how it stands.</summary>
    public sealed record Update(string Text) : IncidentCommand;

    public sealed record Mitigate(string Text) : IncidentCommand;

    public sealed record Resolve(string Text) : IncidentCommand;

    public sealed record Reopen(string Text) : IncidentCommand;

    public sealed record Close(string Text) : IncidentCommand;

    /// <param name="Subject">By which later alerts join the incident; null = this alert alone.</param>
    public sealed record LinkAlert(string Alert, string? Subject, string Text) : IncidentCommand;

    public sealed record LinkRelease(string Digest) : IncidentCommand;

    /// <param name="Text">Null = none.</param>
    public sealed record SetNotice(string? Text) : IncidentCommand;

    /// <summary>Writes the postmortem's texts and action items over those of the version it says; whoever approved the one before approves this one anew.</summary>
    public sealed record WritePostmortem(Postmortem Postmortem) : IncidentCommand;

    /// <param name="Version">That was read; null = whichever it is now.</param>
    public sealed record ApprovePostmortem(int? Version = null) : IncidentCommand;
}
