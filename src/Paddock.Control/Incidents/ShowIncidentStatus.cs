using Paddock.Core.Identity;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Shows what is wrong now to everybody who is known: titles, notices and updates, nothing else of an incident.</summary>
public sealed class ShowIncidentStatus(IIncidents incidents, IIdentities identities)
{
    private const int Most = 20, MostUpdates = 5;

    public async Task<Outcome<IncidentStatusView>> RunAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer) && !(PrincipalId.TryParse(actor.Id, out var id) && identities.Current.Find(id) is { Disabled: false }))
        {
            return new Outcome<IncidentStatusView>.Forbidden(ControlRoles.Viewer);
        }

        var news = new List<IncidentNews>();
        foreach (var one in (await incidents.ListAsync(new() { Open = true, Limit = Most }, cancellationToken)).OrderBy(static one => one.Severity))
        {
            var updates = (await incidents.TimelineAsync(one.Id, cancellationToken)).Where(static entry => entry.Kind is IncidentEntryKind.Update or IncidentEntryKind.Mitigated).Reverse().Take(MostUpdates);
            news.Add(new(
                one.Rule is null ? one.Title : TitleOf(one), IncidentMachine.Name(one.Severity), IncidentView.Word(one.Status), one.BeganAt, one.Eta, one.Notice, [.. updates.Select(static entry => new IncidentUpdate(entry.At, entry.Text))]));
        }

        return new Outcome<IncidentStatusView>.Done(new(news));
    }

    /// <summary>An alert may be about one person: whom is not everybody's.</summary>
    private static string TitleOf(Incident one) => one.Subjects.Any(IsOfOne) ? one.Rule! : one.Title; // of one with a rule

    /// <summary>A person or a key, also as an account of a budget (<see cref="Core.Alerts.AlertSubjects"/>).</summary>
    private static bool IsOfOne(string subject) => subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..] is var who && (PrincipalId.TryParse(who, out _) || KeyId.TryParse(who, out _));
}
