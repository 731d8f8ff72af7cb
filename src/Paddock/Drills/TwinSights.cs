using Paddock.Core.Incidents;
using Paddock.Core.Policies;
using Paddock.Core.Runbooks;

namespace Paddock.Drills;

/// <summary>Looks at a twin from outside: what its people and agents meet, whatever the runbook says of itself.</summary>
internal sealed class TwinSights(Twin twin, TwinFaults faults)
{
    private const int Large = 140_000, TooLarge = 440_000;

    /// <summary>Those that are gone again once a run was undone.</summary>
    public static bool IsUndone(DrillSight sight) => sight is not (DrillSight.ChangeListed or DrillSight.Notified or DrillSight.Confirmed or DrillSight.Checked);

    public async Task<bool> SeesAsync(DrillSight sight, Run run, CancellationToken cancellationToken) => sight switch
    {
        DrillSight.SecondProviderFirst => await AsksSecondAsync(cancellationToken),
        DrillSight.FirstProviderUnasked => await AsksSecondAsync(cancellationToken) && !await FallsBackAsync(cancellationToken),
        DrillSight.CredentialUnused => await IsCredentialUnusedAsync(cancellationToken),
        DrillSight.SubagentsShed => await twin.CallAsync(Twin.Developer, 40, "task-1", cancellationToken) is { Status: 503, MayRetry: true, IsShed: true },
        DrillSight.LargeShed => await twin.CallAsync(Twin.Developer, Large, null, cancellationToken) is { Status: 503, MayRetry: true, IsShed: true },
        DrillSight.SmallerTasksAsked => await IsTooLargeAsync(cancellationToken),
        DrillSight.ReadOnly => await DecidesAsync(Twin.Developer, "Write", TwinRelease.Harmless, cancellationToken) is OutsideDecision.Denied && await DecidesAsync(Twin.Developer, "Read", TwinRelease.Harmless, cancellationToken) is OutsideDecision.Allowed,
        DrillSight.EditAsked => await DecidesAsync(Twin.Developer, "Write", TwinRelease.Harmless, cancellationToken) is OutsideDecision.Waiting,
        DrillSight.ToolRefused => await DecidesAsync(Twin.Developer, Twin.WildTool, TwinRelease.Harmless, cancellationToken) is OutsideDecision.Denied && await DecidesAsync(Twin.Developer, "Edit", TwinRelease.Harmless, cancellationToken) is OutsideDecision.Allowed,
        DrillSight.ProberStopped => await twin.CallAsync(Twin.Prober, 40, null, cancellationToken) is { Status: 403 } && (await twin.CallAsync(Twin.Developer, 40, null, cancellationToken)).IsGood,
        DrillSight.PolicyEnforced => await DecidesAsync(Twin.Developer, "Write", TwinRelease.Watchful, cancellationToken) is OutsideDecision.Denied,
        DrillSight.PeopleTold => await NoticeAsync(run, cancellationToken) is { } notice && run.Runbook.Steps.Any(step => step.Action is StepAction.PeopleTell && StepOrders.Fill(step.Argument("text") ?? "", run.Parameters) == notice),
        DrillSight.Notified => twin.Told.Any(one => one.Event == "runbook.said" && one.Facts.Contains(new("run", run.Id))),
        DrillSight.ChangeListed => Said(run, StepAction.ChangesList) is { } list && list.Contains(twin.Changed.Value, StringComparison.Ordinal) && !list.Contains(twin.Before.Value, StringComparison.Ordinal),
        DrillSight.Confirmed => Of(run, StepAction.Confirm) is { State: StepState.Verified, AnsweredBy: not null },
        _ => Of(run, StepAction.Check) is { State: StepState.Verified } check && check.Says.Contains("wanted", StringComparison.Ordinal),
    };

    private async Task<bool> AsksSecondAsync(CancellationToken cancellationToken)
    {
        var (first, second) = (Newest(twin.First), Newest(twin.Second));
        var answers = new List<TwinAnswer>();
        for (var count = 0; count < 3; count++)
        {
            answers.Add(await twin.CallAsync(Twin.Developer, 40, null, cancellationToken));
        }

        return answers.TrueForAll(static one => one.IsGood) && Newest(twin.First) == first && Newest(twin.Second) >= second + answers.Count;
    }

    /// <summary>Whether the first provider is asked when the second fails.</summary>
    private async Task<bool> FallsBackAsync(CancellationToken cancellationToken)
    {
        var (first, trouble) = (Newest(twin.First), twin.Second.Trouble);
        twin.Second.Trouble = Simulator.SimulatedTrouble.Unavailable;
        await twin.CallAsync(Twin.Developer, 40, null, cancellationToken);
        twin.Second.Trouble = trouble;
        return Newest(twin.First) > first;
    }

    /// <summary>The first provider's credential is in the request that it gets when the second fails, or it gets none at all.</summary>
    private async Task<bool> IsCredentialUnusedAsync(CancellationToken cancellationToken)
    {
        var resting = twin.Get<Core.Snapshot.ISnapshots>().Current.ProvidersByName[TwinRelease.First].Credentials.Length == 0;
        var before = Newest(twin.First);
        await FallsBackAsync(cancellationToken);
        return resting && !twin.First.Truth.Newest(10).Any(entry => entry.Number > before && entry.RequestHeaders?.ContainsKey("Authorization") is true);
    }

    /// <summary>Too large for tasks, and not turned away as a large call for a while.</summary>
    private async Task<bool> IsTooLargeAsync(CancellationToken cancellationToken)
    {
        var answer = await twin.CallAsync(Twin.Developer, TooLarge, null, cancellationToken);
        return answer is { Status: 413, IsShed: true } || (answer is { Status: 503, IsShed: true } && twin.Get<Core.Snapshot.ISnapshots>().Current.Mitigations.Of<Core.Mitigations.Measure.SmallerTasks>().Any());
    }

    private Task<OutsideDecision> DecidesAsync(string person, string tool, string path, CancellationToken cancellationToken) => faults.AskAsync(person, tool, path, cancellationToken);

    private async Task<string?> NoticeAsync(Run run, CancellationToken cancellationToken) =>
        run.Incident is { } id ? (await twin.PumpAsync(twin.Get<IIncidents>().FindAsync(id, cancellationToken)))?.Notice : null;

    private static long Newest(Simulator.SimulatedProvider provider) => provider.Truth.Newest(1) is [var newest] ? newest.Number : 0;

    private static StepRun? Of(Run run, StepAction action) => run.Steps.FirstOrDefault(step => run.Runbook.Steps.Any(one => one.Id == step.Id && one.Action == action));

    private static string? Said(Run run, StepAction action) => Of(run, action)?.Says;
}
