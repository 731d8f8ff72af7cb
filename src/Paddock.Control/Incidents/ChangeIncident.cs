using Paddock.Control.Releases;
using Paddock.Core.Alerts;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Releases;

namespace Paddock.Control.Incidents;

/// <summary>One change of an incident.</summary>
public sealed record IncidentChangeInput
{
    /// <summary>ack, assign, eta, severity, update, mitigate, resolve, reopen, close, alert, release, notice.</summary>
    public required string Do { get; init; }

    /// <summary>Why, or what there is to say: up to 2,000 characters. Of a notice one line of up to 300; null = none any more.</summary>
    public string? Text { get; init; }

    /// <summary>To assign: a person, by name or id.</summary>
    public string? Owner { get; init; }

    /// <summary>Of an ETA: from now on, in seconds.</summary>
    public long? EtaSeconds { get; init; }

    /// <summary>sev1 to sev4.</summary>
    public string? Severity { get; init; }

    /// <summary>Id of an alert.</summary>
    public string? Alert { get; init; }

    /// <summary>Digest of a release, or the beginning of it.</summary>
    public string? Release { get; init; }
}

/// <summary>Does one thing with an incident: acknowledges, assigns, mitigates, … Operators may, and whoever owns it.</summary>
public sealed class ChangeIncident(IncidentBook book, IIncidents incidents, IAlerts alerts, IReleaseStore releases, TimeProvider time)
{
    /// <summary>What there is to do, as it is written.</summary>
    public static readonly IReadOnlyList<string> Words = ["ack", "assign", "eta", "severity", "update", "mitigate", "resolve", "reopen", "close", "alert", "release", "notice"];

    private const int LookedAt = 1_000;

    public async Task<Outcome<IncidentView>> RunAsync(Actor actor, string id, IncidentChangeInput input, CancellationToken cancellationToken)
    {
        if (!IncidentBook.MayChange(actor, await incidents.FindAsync(id, cancellationToken)))
        {
            return new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
        }

        var (command, fault) = await CommandOfAsync(input, cancellationToken);
        return command is null ? fault ?? Bad("do", $"It is one of {string.Join(", ", Words)}.") : await book.ApplyAsync(id, command, actor.Audited, actor, cancellationToken);
    }

    private async Task<(IncidentCommand? Command, Outcome<IncidentView>.Invalid? Fault)> CommandOfAsync(IncidentChangeInput input, CancellationToken cancellationToken) => input.Do switch
    {
        "ack" => (new IncidentCommand.Acknowledge(), null),
        "assign" => book.PersonOf(input.Owner) is { } owner ? (new IncidentCommand.Assign(owner.Id.Value), null) : (null, Bad("owner", IncidentTexts.OwnerRule)),
        "notice" => input.Text is null || Names.IsLabel(input.Text, IncidentTexts.LongestNotice) ? (new IncidentCommand.SetNotice(input.Text), null) : (null, Bad("text", "A notice is one line of 1 to 300 characters.")),
        "alert" => await AlertAsync(input.Alert, cancellationToken) is { } alert ? (new IncidentCommand.LinkAlert(alert.Id, null, IncidentTexts.Of(alert)), null) : (null, Bad("alert", "There is no alert of this id among the newest.")),
        "release" => input.Release is { } text && await FindRelease.InAsync(releases, text, cancellationToken) is { } digest ? (new IncidentCommand.LinkRelease(digest.Value), null) : (null, Bad("release", FindRelease.Missing)),
        _ when !Words.Contains(input.Do) => (null, null),
        _ when !IncidentTexts.IsText(input.Text, IncidentTexts.LongestText) => (null, Bad("text", "Say it in 1 to 2,000 characters.")),
        _ => Said(input, input.Text!), // IsText
    };

    private (IncidentCommand?, Outcome<IncidentView>.Invalid?) Said(IncidentChangeInput input, string text) => input.Do switch
    {
        "eta" => IncidentTexts.IsEta(input.EtaSeconds) ? (new IncidentCommand.SetEta(time.GetUtcNow().AddSeconds(input.EtaSeconds!.Value), text), null) : (null, Bad("etaSeconds", IncidentTexts.EtaRule)),
        "severity" => IncidentTexts.SeverityOf(input.Severity) is { } severity ? (new IncidentCommand.SetSeverity(severity, text), null) : (null, Bad("severity", IncidentTexts.SeverityRule)),
        "update" => (new IncidentCommand.Update(text), null),
        "mitigate" => (new IncidentCommand.Mitigate(text), null),
        "resolve" => (new IncidentCommand.Resolve(text), null),
        "reopen" => (new IncidentCommand.Reopen(text), null),
        _ => (new IncidentCommand.Close(text), null),
    };

    private async Task<Alert?> AlertAsync(string? id, CancellationToken cancellationToken) => (await alerts.ListAsync(new() { Limit = LookedAt }, cancellationToken)).FirstOrDefault(one => one.Id == id);

    private static Outcome<IncidentView>.Invalid Bad(string field, string message) => new(field, message);
}
