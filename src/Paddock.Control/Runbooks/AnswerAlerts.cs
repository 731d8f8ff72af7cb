using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Alerts;
using Paddock.Core.Incidents;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>Begins the runbooks that answer open alerts: of each alert once, and once it belongs to an incident, so that there is somebody who owns it.</summary>
public sealed class AnswerAlerts
{
    private readonly IAlerts alerts;
    private readonly IIncidents incidents;
    private readonly RunbookBook book;
    private readonly IRuns runs;
    private readonly TimeProvider time;
    private readonly ILogger<AnswerAlerts> logger;

    internal AnswerAlerts(IAlerts alerts, IIncidents incidents, RunbookBook book, IRuns runs, TimeProvider time, ILogger<AnswerAlerts> logger) =>
        (this.alerts, this.incidents, this.book, this.runs, this.time, this.logger) = (alerts, incidents, book, runs, time, logger);

    /// <summary>One look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!await runs.HoldAsync(cancellationToken))
        {
            return;
        }

        var open = await alerts.ListAsync(new() { Open = true, Limit = 1_000 }, cancellationToken);
        var told = open.Where(static alert => alert.ToldAt is not null).ToList();
        if (told.Count == 0)
        {
            return;
        }

        var known = await incidents.ListAsync(new() { Open = true, Limit = 1_000 }, cancellationToken);
        foreach (var (runbook, badge, _) in (await book.AllAsync(cancellationToken)).Where(static one => one.Runbook.Start is not RunbookStart.Offered))
        {
            foreach (var alert in told.Where(alert => runbook.Alerts.Contains(alert.Rule)))
            {
                if (known.FirstOrDefault(incident => incident.Alerts.Contains(alert.Id)) is { } incident && Parameters(runbook, alert) is { } parameters)
                {
                    await TryBeginAsync(runbook, badge, alert, incident, parameters, cancellationToken);
                }
            }
        }
    }

    /// <summary>One that cannot be begun keeps the others from nothing.</summary>
    private async Task TryBeginAsync(Runbook runbook, RunbookBadge badge, Alert alert, Incident incident, ImmutableDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        try
        {
            await BeginAsync(runbook, badge, alert, incident, parameters, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.RunNotBegun(logger, runbook.Name, alert.Id, fault.Message);
        }
    }

    private async Task BeginAsync(Runbook runbook, RunbookBadge badge, Alert alert, Incident incident, ImmutableDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var id = RunId.OfAlert(alert.Id, runbook.Name);
        if (await runs.FindAsync(id, cancellationToken) is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        var run = Run.Begin(id, runbook, RunbookBook.ModeOf(badge, runbook.Start is RunbookStart.Auto), parameters, StepEffects.Actor.Id, now) with { Alert = alert.Id, Incident = incident.Id };
        if (await runs.AddAsync(run, StepEffects.Actor, cancellationToken))
        {
            Log.RunBegan(logger, run.Id, runbook.Name, alert.Id);
            await incidents.NoteAsync(incident.Id, IncidentMachine.Note(IncidentEntryKind.Runbook, $"Runbook {runbook.Name} began ({run.Mode.ToString().ToLowerInvariant()}, its drill is {RunbookBadges.NameOf(badge)}).", StepEffects.Actor.Id, now, run.Id), StepEffects.Actor, cancellationToken);
        }
    }

    /// <returns>Null when the alert does not say all that it needs, or what nobody would be let say: somebody has to.</returns>
    private static ImmutableDictionary<string, string>? Parameters(Runbook runbook, Alert alert)
    {
        var words = ImmutableDictionary<string, string>.Empty;
        foreach (var one in runbook.Parameters)
        {
            if ((Said(one.From, alert.Subject) ?? one.Usual) is not { } value || !Names.IsLabel(value, StartRun.LongestParameter))
            {
                return null;
            }

            words = words.Add(one.Name, value);
        }

        return words;
    }

    private static string? Said(string? from, string subject) => from switch
    {
        "subject" => subject,
        "subject.first" => subject.Split('/', 2)[0],
        "subject.rest" => subject.Split('/', 2) is [_, var rest] ? rest : null,
        _ => null,
    };
}
