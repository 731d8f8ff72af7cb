using Paddock.Control;
using Paddock.Control.Incidents;
using Paddock.Control.Runbooks;
using Paddock.Core.Alerts;
using Paddock.Core.Incidents;
using Paddock.Core.Runbooks;

namespace Paddock.Drills;

/// <summary>Whoever is on call in a twin: does what the product does not do by itself, by the same use cases as a person would.</summary>
internal sealed class Responder(Twin twin, Runbook runbook, DrillClock clock)
{
    /// <returns>The run; null while there is none.</returns>
    public async Task<Run?> RespondAsync(Run? run, CancellationToken cancellationToken)
    {
        if (run is not null)
        {
            await AnswerAsync(run, cancellationToken);
            return run;
        }

        if (clock.AlertAt is null)
        {
            return null;
        }

        var incident = await IncidentAsync(cancellationToken);
        if (incident is null)
        {
            return null;
        }

        clock.IncidentAt ??= twin.Time.GetUtcNow();
        var runs = await twin.PumpAsync(twin.Get<IRuns>().ListAsync(new() { Runbook = runbook.Name }, cancellationToken));
        return runs.Length > 0 ? runs[0] : runbook.Start is RunbookStart.Offered ? await BeginAsync(incident, cancellationToken) : null;
    }

    /// <summary>An alert that only asks for a ticket opens none by itself.</summary>
    private async Task<string?> IncidentAsync(CancellationToken cancellationToken)
    {
        var open = await twin.PumpAsync(twin.Get<IIncidents>().ListAsync(new() { Open = true }, cancellationToken));
        if (open.FirstOrDefault(incident => incident.Rule is { } rule && runbook.Alerts.Contains(rule)) is { } own)
        {
            return own.Id;
        }

        var alert = (await twin.PumpAsync(twin.Get<IAlerts>().ListAsync(new() { Open = true }, cancellationToken))).FirstOrDefault(one => runbook.Alerts.Contains(one.Rule));
        if (alert is not { Severity: AlertSeverity.Ticket })
        {
            return null;
        }

        var opened = await twin.PumpAsync(twin.Get<OpenIncident>().RunAsync(twin.Responder, new() { Title = $"{alert.Rule} {alert.Subject}".Trim(), Severity = "sev3", EtaSeconds = 3_600 }, cancellationToken));
        if (opened is not Outcome<IncidentView>.Done { Value.Id: var id })
        {
            return null;
        }

        await twin.PumpAsync(twin.Get<ChangeIncident>().RunAsync(twin.Responder, id, new() { Do = "alert", Alert = alert.Id, Text = alert.Says }, cancellationToken));
        return id;
    }

    private async Task<Run?> BeginAsync(string incident, CancellationToken cancellationToken)
    {
        var alert = (await twin.PumpAsync(twin.Get<IAlerts>().ListAsync(new() { Open = true }, cancellationToken))).First(one => runbook.Alerts.Contains(one.Rule));
        var input = new RunInput
        {
            Runbook = runbook.Name,
            Parameters = runbook.Parameters.ToDictionary(static one => one.Name, one => one.From is "subject" ? alert.Subject : TwinCopy.ParameterOf(runbook, one.Name, twin.Credential), StringComparer.Ordinal),
            Incident = incident,
            Auto = true,
        };
        return await twin.PumpAsync(twin.Get<StartRun>().RunAsync(twin.Responder, input, cancellationToken)) is Outcome<RunView>.Done { Value.Id: var id }
            ? await twin.PumpAsync(twin.Get<IRuns>().FindAsync(id, cancellationToken))
            : null;
    }

    private async Task AnswerAsync(Run run, CancellationToken cancellationToken)
    {
        foreach (var step in run.Steps.Where(static step => step.State is StepState.Waiting))
        {
            await twin.PumpAsync(twin.Get<AnswerStep>().RunAsync(twin.Responder, run.Id, step.Id, new(runbook.Drill.Answer, "drill"), cancellationToken));
        }
    }
}
