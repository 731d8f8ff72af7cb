using System.Collections.Immutable;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Runbooks;

/// <summary>Which runbook is to be carried out.</summary>
public sealed record RunInput
{
    public required string Runbook { get; init; }

    /// <summary>Its parameters by name; those with a usual value may be left out.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? ImmutableDictionary<string, string>.Empty; init; } = ImmutableDictionary<string, string>.Empty; // a body without it sets null

    /// <summary>The open incident that it belongs to. A runbook that tells developers something needs one.</summary>
    public string? Incident { get; init; }

    /// <summary>Whether safe steps are done unasked; only while its drill is verified.</summary>
    public bool Auto { get; init; }
}

/// <summary>Begins a run, or says what one would do.</summary>
public sealed class StartRun
{
    /// <summary>Characters of a parameter, whoever says it.</summary>
    internal const int LongestParameter = 200;

    private readonly RunbookBook book;
    private readonly IRuns runs;
    private readonly IIncidents incidents;
    private readonly IIdentities identities;
    private readonly ISnapshots snapshots;
    private readonly TimeProvider time;

    internal StartRun(RunbookBook book, IRuns runs, IIncidents incidents, IIdentities identities, ISnapshots snapshots, TimeProvider time) =>
        (this.book, this.runs, this.incidents, this.identities, this.snapshots, this.time) = (book, runs, incidents, identities, snapshots, time);

    public async Task<Outcome<RunView>> RunAsync(Actor actor, RunInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<RunView>.Forbidden(ControlRoles.Operator);
        }

        if (await book.FindAsync(input.Runbook, cancellationToken) is not var (runbook, badge, _))
        {
            return new Outcome<RunView>.NotFound(Missing(input.Runbook));
        }

        if (Parameters(runbook, input, out var parameters) is { } fault)
        {
            return new Outcome<RunView>.Invalid("parameters", fault);
        }

        if (await IncidentFaultAsync(runbook, input, cancellationToken) is { } wrong)
        {
            return new Outcome<RunView>.Invalid("incident", wrong);
        }

        if (input.Auto && badge is not RunbookBadge.Verified)
        {
            return new Outcome<RunView>.Conflict($"Its drill is {RunbookBadges.NameOf(badge)}, so nothing of it is done unasked. Run the drill first (paddock drill run {runbook.Name}), or begin it without auto.");
        }

        var now = time.GetUtcNow();
        var run = Run.Begin(RunId.OfRun(now), runbook, RunbookBook.ModeOf(badge, input.Auto), parameters, actor.Id, now) with { Incident = input.Incident };
        await runs.AddAsync(run, actor.Audited, cancellationToken);
        return new Outcome<RunView>.Done(RunView.Of(run, identities.Current));
    }

    /// <summary>What it would do now. Nothing is done.</summary>
    public async Task<Outcome<RunPlan>> PreviewAsync(Actor actor, RunInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<RunPlan>.Forbidden(ControlRoles.Viewer);
        }

        if (await book.FindAsync(input.Runbook, cancellationToken) is not var (runbook, badge, _))
        {
            return new Outcome<RunPlan>.NotFound(Missing(input.Runbook));
        }

        if (Parameters(runbook, input, out var parameters) is { } fault)
        {
            return new Outcome<RunPlan>.Invalid("parameters", fault);
        }

        var mode = RunbookBook.ModeOf(badge, input.Auto);
        var steps = from step in runbook.Steps
                    let order = StepOrders.Of(step, parameters)
                    let asks = step.Action is StepAction.Confirm || (StepActions.Changes(step.Action) && (mode is RunMode.Assisted || !step.Safe))
                    select new PlannedStep(step.Id, StepActions.NameOf(step.Action), StepEffects.Plan(order), asks, OrderFaults.Of(order, snapshots.Current, identities.Current), StepRisks.Of(step.Action));
        return new Outcome<RunPlan>.Done(new(runbook.Name, RunbookBadges.NameOf(badge), mode.ToString().ToLowerInvariant(), [.. steps]));
    }

    /// <returns>Null when all are there.</returns>
    private static string? Parameters(Runbook runbook, RunInput input, out ImmutableDictionary<string, string> parameters)
    {
        parameters = ImmutableDictionary<string, string>.Empty;
        if (input.Parameters.Keys.FirstOrDefault(name => !runbook.Parameters.Any(one => one.Name == name)) is { } unknown)
        {
            return $"The runbook has no parameter '{unknown}'; it has {(runbook.Parameters.IsEmpty ? "none" : string.Join(", ", runbook.Parameters.Select(static one => one.Name)))}.";
        }

        foreach (var one in runbook.Parameters)
        {
            if ((input.Parameters.GetValueOrDefault(one.Name) ?? one.Usual) is not { } value || !Names.IsLabel(value, LongestParameter))
            {
                return $"Say what '{one.Name}' is, in one line of up to 200 characters.";
            }

            parameters = parameters.Add(one.Name, value);
        }

        return null;
    }

    private async Task<string?> IncidentFaultAsync(Runbook runbook, RunInput input, CancellationToken cancellationToken) => input.Incident switch
    {
        null => runbook.Steps.Any(static step => step.Action is StepAction.PeopleTell) ? "The runbook tells developers something, as an incident's notice: say which incident it belongs to." : null,
        { } id => await incidents.FindAsync(id, cancellationToken) is { IsOpen: true } ? null : "There is no open incident of this id.",
    };

    private static string Missing(string name) => $"The release in force has no runbook '{name}'; paddock runbook list shows those it has.";
}
