using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Core.Mitigations;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.EndToEnd.Tests.Identity;

namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>Runs in an installation at work: one holds, one waits for somebody, one did not work; and drills that passed, failed, or were of another text.</summary>
internal sealed class InhabitedRunbooks
{
    private static readonly AuditActor machine = AuditActor.Of("system:runbooks");

    private readonly ServedPeople served;
    private readonly DateTimeOffset now;

    private InhabitedRunbooks(ServedPeople served, DateTimeOffset now) => (this.served, this.now) = (served, now);

    /// <summary>Id of the run that holds.</summary>
    public string Holding { get; private set; } = "";

    /// <summary>Id of the run that waits for a yes.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>Id of the run that did not work.</summary>
    public string Failed { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="operators">Who answers.</param>
    /// <param name="prober">Whose agent is stopped.</param>
    /// <param name="incident">Id of the one that is open.</param>
    public static async Task<InhabitedRunbooks> BeginAsync(ServedPeople served, DateTimeOffset now, Principal operators, Principal prober, string incident)
    {
        var made = new InhabitedRunbooks(served, now);
        made.Holding = await made.HoldAsync(incident);
        made.Waiting = await made.WaitAsync(operators, prober);
        made.Failed = await made.FailAsync(operators);
        await made.DrillAsync("provider-degradation", TimeSpan.FromDays(3), seen: true, sameText: true);
        await made.DrillAsync("backlog", TimeSpan.FromDays(6), seen: false, sameText: true);
        await made.DrillAsync("schema-update", TimeSpan.FromDays(9), seen: true, sameText: false);
        return made;
    }

    private async Task<string> HoldAsync(string incident)
    {
        var run = Begun("provider-degradation", 9, RunMode.Auto, "system:runbooks", ("provider", "hosted")) with { State = RunState.Holding, Alert = "alr_0195a3c0d6b27f0e8d3c2b1a09f8e7d6", Incident = incident, MitigatedAt = now.AddMinutes(-1), HoldUntil = now.AddMinutes(29) };
        run = With(
            run, (StepState.Verified, "2026-03-17 07:12 UTC release 4f0c11d2 was put in force\n2026-03-17 08:40 UTC claude-code in mode code: set of tools 9b1d77aa is new (41 calls)"),
            (StepState.Verified, "For now routes ask provider 'hosted' last.\nprovider_success of hosted is 1 over 2 min; wanted at least 0.5."), (StepState.Verified, "Developers are told: Provider hosted has trouble."),
            (StepState.Verified, "Told: Provider hosted is asked last for now."), (StepState.Verified, "route_success is 0.993 over 5 min; wanted at least 0.95."));
        await served.Get<IRuns>().AddAsync(run, machine, Cancellation);
        foreach (var (step, measure) in new (string, Measure)[] { ("avoid", new Measure.AvoidProvider("hosted")), ("shed", new Measure.Shed(CallKind.Subagents, TimeSpan.FromSeconds(30))) })
        {
            var mitigation = new Mitigation
            {
                Id = MitigationId.Of(run.Id, step),
                Measure = measure,
                Reason = $"runbook provider-degradation, {run.Id}",
                Run = run.Id,
                Step = step,
                CreatedBy = machine.Id,
                CreatedAt = run.StartedAt,
                ExpiresAt = now.AddMinutes(29),
            };
            await served.Get<IMitigationStore>().AddAsync(mitigation, machine, Cancellation);
        }

        return run.Id;
    }

    private async Task<string> WaitAsync(Principal operators, Principal prober)
    {
        var run = Begun("unsafe-output", 3, RunMode.Assisted, "system:runbooks", ("person", prober.Name)) with { Alert = "alr_0195a3c0d6b27f0e8d3c2b1a09f8e7d4" };
        run = With(run, (StepState.Verified, "Nothing changed that Paddock knows of."), (StepState.Verified, $"Now it is so: stop user '{prober.Name}'.\nIt stands."), (StepState.Waiting, ""));
        run = run with { Steps = run.Steps.SetItem(1, run.Steps[1] with { AnsweredBy = operators.Id.Value }) };
        await served.Get<IRuns>().AddAsync(run, machine, Cancellation);
        return run.Id;
    }

    private async Task<string> FailAsync(Principal operators)
    {
        var run = Begun("schema-update", 200, RunMode.Assisted, operators.Id.Value, ("route", "code"), ("to", "other")) with
        {
            State = RunState.Failed,
            IsBroken = true,
            Reason = "Step 'switch' could not be done: The release in force has no route 'code'.",
            EndedAt = now.AddMinutes(-198),
        };
        run = With(run, (StepState.Verified, "Nothing changed that Paddock knows of."), (StepState.Undone, "Taken back; nothing is what it was made of now."), (StepState.Skipped, ""), (StepState.Skipped, ""), (StepState.Skipped, ""));
        await served.Get<IRuns>().AddAsync(run, AuditActor.Of(operators.Id.Value), Cancellation);
        return run.Id;
    }

    private Task DrillAsync(string name, TimeSpan ago, bool seen, bool sameText)
    {
        var result = new DrillResult
        {
            Id = RunId.OfDrill(now - ago),
            Runbook = name,
            Digest = sameText ? Of(name).Digest : new('a', 64),
            Version = served.Get<IDrills>().Version,
            At = now - ago,
            Detected = TimeSpan.FromMinutes(5.2),
            Mitigated = TimeSpan.FromMinutes(11.5),
            Recovered = seen ? TimeSpan.FromMinutes(43) : null,
            Lines = [new("alert within 6.0 min", true, "It took 5.2 min."), new("people_told", seen, seen ? "It was seen." : "It was not seen."), new("everything is as before", true, "Nothing of the run stands.")],
        };
        return served.Get<IDrillBook>().AddAsync(result, machine, Cancellation);
    }

    private Run Begun(string name, int minutesAgo, RunMode mode, string by, params (string Name, string Value)[] parameters) =>
        Run.Begin(RunId.OfRun(now.AddMinutes(-minutesAgo)), Of(name), mode, parameters.ToImmutableDictionary(static one => one.Name, static one => one.Value), by, now.AddMinutes(-minutesAgo));

    /// <summary>The steps as far as they are, the others to come.</summary>
    private static Run With(Run run, params (StepState State, string Says)[] steps) => run with
    {
        Steps =
        [
            .. run.Steps.Select((step, at) => at >= steps.Length ? step : step with
            {
                State = steps[at].State,
                Says = steps[at].Says,
                DoneAt = steps[at].State is StepState.Verified or StepState.Undone ? run.StartedAt.AddSeconds(20 * (at + 1)) : null,
                Before = steps[at].State is StepState.Verified && StepActions.Changes(run.Runbook.Steps[at].Action) ? "e3b0c44298fc1c14" : null,
                After = steps[at].State is StepState.Verified && StepActions.Changes(run.Runbook.Steps[at].Action) ? "9f86d081884c7d65" : null,
            }),
        ],
    };

    private static Runbook Of(string name) => ShippedRunbooks.All.Single(one => one.Name == name);
}
