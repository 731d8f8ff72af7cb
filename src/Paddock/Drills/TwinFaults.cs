using System.Text;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Releases;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;
using Paddock.Simulator;

namespace Paddock.Drills;

/// <summary>Makes things go wrong in a twin, and puts them right again.</summary>
internal sealed class TwinFaults(Twin twin, IReadOnlyCollection<DrillFault> faults)
{
    private int calls;

    /// <summary>Makes a past of eight days: what was in force then is long known, and where it matters some hundred commands, and a tool that is used now and then, show what is not usual.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        if (faults.Contains(DrillFault.CommandsSlow) || faults.Contains(DrillFault.ToolRunsWild))
        {
            for (var count = 0; count < 220; count++)
            {
                await CommandAsync(slow: false, cancellationToken);
            }

            await AskAsync(Twin.Developer, Twin.WildTool, TwinRelease.Harmless, cancellationToken);
            await twin.PumpAsync(twin.Get<IDecisions>().FlushAsync(cancellationToken));
            twin.Time.Advance(TimeSpan.FromMinutes(1));
            await twin.PumpAsync(twin.Get<Core.Alerts.ISignals>().CountAsync(cancellationToken));
        }

        twin.Time.AdjustTime(twin.Time.GetUtcNow().AddDays(8));
    }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            twin.First.Trouble = fault switch
            {
                DrillFault.ProviderDown => SimulatedTrouble.Unavailable,
                DrillFault.CredentialRefused => SimulatedTrouble.CredentialRefused,
                DrillFault.AnswersChanged => SimulatedTrouble.Unreadable,
                DrillFault.TrafficSpike => SimulatedTrouble.Limited,
                _ => twin.First.Trouble,
            };
            if (fault is DrillFault.TrafficSpike)
            {
                twin.Second.Trouble = SimulatedTrouble.Limited;
            }
            else if (fault is DrillFault.ReleaseRejected)
            {
                await twin.PumpAsync(twin.Get<ReleaseBook>().PublishAsync([new("broken.yaml", "kind: Nothing\n")], Actor.Local, cancellationToken));
            }
        }
    }

    /// <summary>What goes on while it lasts.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        (twin.First.Room, twin.Second.Room) = (2, 2);
        foreach (var fault in faults)
        {
            switch (fault)
            {
                case DrillFault.TrafficSpike:
                    foreach (var large in new[] { false, false, true, true })
                    {
                        await twin.CallAsync(Twin.Developer, large ? 140_000 : 40, "task-1", cancellationToken);
                        await twin.CallAsync(Twin.Developer, large ? 140_000 : 40, large ? null : "task-1", cancellationToken);
                    }

                    break;
                case DrillFault.CommandsSlow:
                    var helper = await twin.CallAsync(Twin.Developer, 40, "task-1", cancellationToken);
                    await CommandAsync(slow: !helper.IsShed, cancellationToken); // what commands wait for is slow while too many ask it
                    break;
                case DrillFault.Probing:
                    await AskAsync(Twin.Prober, "Write", TwinRelease.Forbidden, cancellationToken);
                    break;
                case DrillFault.ToolRunsWild:
                    for (var count = 0; count < 5; count++)
                    {
                        await AskAsync(Twin.Developer, Twin.WildTool, TwinRelease.Harmless, cancellationToken);
                    }

                    break;
                case DrillFault.ApprovalsPileUp when calls < 30:
                    for (var count = 0; count < 5; count++)
                    {
                        await WaitForYesAsync(cancellationToken);
                    }

                    break;
            }
        }
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        (twin.First.Trouble, twin.Second.Trouble) = (SimulatedTrouble.None, SimulatedTrouble.None);
        if (faults.Contains(DrillFault.ReleaseRejected))
        {
            await twin.PublishAsync("good again", cancellationToken);
        }
    }

    /// <summary>An agent asks whether it may use a tool on a file.</summary>
    public Task<OutsideDecision> AskAsync(string person, string tool, string path, CancellationToken cancellationToken) =>
        DecideAsync(person, tool, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["file_path"] = path, ["content"] = "x" }), cancellationToken);

    private async Task CommandAsync(bool slow, CancellationToken cancellationToken)
    {
        var decided = await DecideAsync(Twin.Developer, "Bash", Encoding.UTF8.GetBytes("""{"command":"make test"}"""), cancellationToken);
        var caller = twin.Keys[Twin.Developer].Caller;
        twin.Get<IDecisions>().NoteResult(new(decided.Id, caller.Principal.Id.Value, null, $"call-{calls}", slow ? ToolResult.Timeout : ToolResult.Success, twin.Time.GetUtcNow()));
    }

    private Task<OutsideDecision> DecideAsync(string person, string tool, byte[] arguments, CancellationToken cancellationToken) => twin.PumpAsync(twin.Get<IDecisionPoint>().DecideAsync(
        new()
        {
            Caller = twin.Keys[person].Caller,
            Task = new TaskFacts { Agent = Twin.Agent, NativeTask = "task-1" },
            Tool = tool,
            CallId = $"call-{++calls}",
            Arguments = arguments,
        },
        cancellationToken));

    private Task<OutsideDecision> WaitForYesAsync(CancellationToken cancellationToken) => AskAsync(Twin.Developer, "Write", TwinRelease.Held(calls), cancellationToken);
}
