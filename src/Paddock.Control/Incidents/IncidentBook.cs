using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Notifications;
using Paddock.Core.Releases;

namespace Paddock.Control.Incidents;

/// <summary>Opens and changes incidents, whoever asks for it, and has people told.</summary>
public sealed class IncidentBook(IIncidents incidents, IReleaseStore releases, IIdentities identities, INotifications notifications, ApprovalLinks links, TimeProvider time, ILogger<IncidentBook> logger)
{
    /// <summary>Two who change the same at once are rare, and the second looks again.</summary>
    private const int MostTries = 5;

    internal const string Missing = "There is no incident of this id; paddock incidents list shows those there are.";

    /// <summary>Whoever answers for an incident may do with it what it takes, whatever else they may do.</summary>
    internal static bool MayChange(Actor actor, Incident? incident) => actor.May(ControlRoles.Operator) || incident?.Owner == actor.Id;

    /// <summary>A person who is not disabled.</summary>
    /// <param name="text">Name or id.</param>
    internal Principal? PersonOf(string? text) =>
        text is null ? null : identities.Current.Principals.FirstOrDefault(one => one is { Kind: PrincipalKind.User, Disabled: false } && (one.Name == text || one.Id.Value == text));

    /// <summary>Opens an incident, with the releases put in force shortly before.</summary>
    /// <returns>Null when there is one of its id already.</returns>
    internal async Task<Incident?> OpenAsync(Incident incident, IReadOnlyCollection<IncidentEntry> more, AuditActor by, CancellationToken cancellationToken)
    {
        var before = await releases.ActivationsAsync(incident.BeganAt - IncidentTimes.Releases, incident.BeganAt.AddTicks(1), cancellationToken);
        var opened = incident with { Releases = [.. before.Select(static one => one.Digest.Value).Distinct(StringComparer.Ordinal)] };
        IncidentEntry[] entries = [IncidentMachine.Opened(opened), .. more, .. before.Select(one => ReleaseOf(one, opened))];
        if (!await incidents.OpenAsync(opened, entries, by, cancellationToken))
        {
            return null;
        }

        Log.IncidentOpened(logger, opened.Id, IncidentMachine.Name(opened.Severity), opened.Owner, by.Id);
        await TryTellAsync(opened, entries, cancellationToken);
        return opened;
    }

    /// <summary>Does something with an incident.</summary>
    /// <param name="may">Who may not is told so; null = the installation itself.</param>
    internal async Task<Outcome<IncidentView>> ApplyAsync(string id, IncidentCommand command, AuditActor by, Actor? may, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var incident = await incidents.FindAsync(id, cancellationToken);
            if (may is not null && !MayChange(may, incident))
            {
                return new Outcome<IncidentView>.Forbidden(ControlRoles.Operator);
            }

            if (incident is null)
            {
                return new Outcome<IncidentView>.NotFound(Missing);
            }

            switch (IncidentMachine.Apply(incident, command, by.Id, time.GetUtcNow()))
            {
                case IncidentOutcome.Same:
                    return new Outcome<IncidentView>.Done(ViewOf(incident));
                case IncidentOutcome.Refused { Refusals: var refusals }:
                    return new Outcome<IncidentView>.Conflict(string.Join(' ', refusals.Select(static one => one.Message)));
                case IncidentOutcome.Changed changed when await incidents.KeepAsync(changed, by, cancellationToken):
                    Log.IncidentChanged(logger, id, IncidentView.Word(changed.Entries[0].Kind), by.Id);
                    await TryTellAsync(changed.Incident, changed.Entries, cancellationToken);
                    return new Outcome<IncidentView>.Done(ViewOf(changed.Incident));
            }
        }

        return new Outcome<IncidentView>.Conflict("Others are changing it at the same time; try again.");
    }

    internal IncidentView ViewOf(Incident incident) => IncidentView.Of(incident, identities.Current, time.GetUtcNow());

    /// <summary>What is kept is kept, also when nobody can be told of it now: the next look at incidents tells it.</summary>
    private async Task TryTellAsync(Incident incident, IEnumerable<IncidentEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var entry in entries)
            {
                await TellAsync(incident, entry, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.IncidentNotTold(logger, incident.Id, fault.Message);
        }
    }

    /// <summary>Tells of one line of a timeline; whoever does it again tells nothing new.</summary>
    internal Task TellAsync(Incident incident, IncidentEntry entry, CancellationToken cancellationToken) =>
        IncidentNotices.Of(incident, entry, identities.Current, links.Console) is { } notice ? notifications.PostOnceAsync(notice, IncidentNotices.KeyOf(incident, entry), cancellationToken) : Task.CompletedTask;

    private static IncidentEntry ReleaseOf(ReleaseActivation one, Incident incident) =>
        IncidentMachine.Note(IncidentEntryKind.Release, $"Release {one.Digest.Short} was put in force at {one.At.UtcDateTime:HH:mm} UTC{(one.IsReturn ? ", again" : "")}.", incident.CreatedBy, incident.BeganAt) with { Facts = [new("release", one.Digest.Value)] };
}
