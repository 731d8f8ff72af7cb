using System.Collections.Immutable;
using System.Globalization;
using Paddock.Core.Ledger;
using Paddock.Core.Metrics;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Testing.Fleet;

/// <summary>
/// Many tasks of many people, each played by a script whose end is known: success and failure of every kind, retries, subtasks, waiting,
/// work that is taken back, and verdicts that come late. Seeded: the same seed plays the same fleet.
/// </summary>
public sealed class SimulatedFleet(int seed, DateTimeOffset begin, TimeSpan span)
{
    private static readonly string[] agents = ["codex", "roo-code", "opencode"], modes = ["code", "architect"], providers = ["alpha", "beta"], models = ["large", "small", "tiny"],
        repositories = ["https://git.example/shop", "https://git.example/till"], releases = ["sha256:one", "sha256:two"];

    private static readonly ImmutableArray<string>[] teams = [["payments"], ["platform"], ["payments", "platform"]];

    private readonly Random random = new(seed);
    private int number;

    /// <summary>Time enough after it that every silence has been heard, and every verdict given.</summary>
    public DateTimeOffset End => begin + span + TimeSpan.FromDays(22);

    public List<FleetTask> Play(int count)
    {
        var all = new List<FleetTask>();
        while (all.Count < count)
        {
            all.AddRange(Next());
        }

        return all;
    }

    private IEnumerable<FleetTask> Next()
    {
        var script = Begin(null, null);
        var scenario = random.Next(18);
        return scenario is 17 ? WithSubtask(script) : [One(script, scenario)];
    }

    private FleetTask One(TaskScript script, int scenario) => scenario switch
    {
        0 => Work(script).Turn(CallOutcome.Failed, "upstream_5xx").Wait(TimeSpan.FromSeconds(5)).Turn().Claim().Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim),
        1 => Failed(Work(script), "upstream_5xx", AgentTaskState.Failed),
        2 => Failed(Work(script), "timeout", AgentTaskState.TimedOut),
        3 => Abandoned(Work(script)),
        4 => Aborted(Work(script)),
        5 => Stuck(Work(script)),
        6 => Later(Work(script).Claim(), 1).Signal(TaskSignalKind.Restored).Ends(AgentTaskState.RolledBack, takenBack: true),
        7 => RevertedByCommand(Work(script).Claim()),
        8 => Later(Work(script).Claim(), 10).Verdict(VerdictKind.Reverted, SuccessSource.Scm).Ends(AgentTaskState.RolledBack, takenBack: true),
        9 => Later(Work(script).Claim(), 20).Verdict(VerdictKind.Reverted, SuccessSource.Scm).Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim),
        10 => Later(Work(script).Claim(), random.Next(1, 15)).Verdict(VerdictKind.Accepted, SuccessSource.User).Ends(AgentTaskState.Accepted, SuccessSource.User),
        11 => Later(Work(script).Claim(), 1).Verdict(VerdictKind.ChecksPassed, SuccessSource.Ci).Ends(AgentTaskState.Accepted, SuccessSource.Ci),
        12 => Later(Work(script).Claim(), 1).Verdict(VerdictKind.ChecksFailed, SuccessSource.Ci).Ends(AgentTaskState.Failed),
        13 => Later(Later(Work(script).Claim(), 1).Verdict(VerdictKind.ChecksFailed, SuccessSource.Ci), 3).Verdict(VerdictKind.Merged, SuccessSource.Scm).Ends(AgentTaskState.Accepted, SuccessSource.Scm),
        14 => Work(Work(script).Claim().Wait(TimeSpan.FromMinutes(5))).Claim().Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim),
        15 => Work(script).Tool("bash", ToolClass.Command, ToolResult.OfExit(0), outcome: DecisionOutcome.Approved, held: TimeSpan.FromMinutes(random.Next(1, 60))).Claim().Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim),
        _ => Work(script).Claim().Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim),
    };

    private IEnumerable<FleetTask> WithSubtask(TaskScript parent)
    {
        parent.Turn().Tool("new_task", ToolClass.Subtask, ToolResult.Success, new() { StartsSubtask = true });
        var child = Work(Begin(parent.Task, parent.Now)).Claim();
        parent.Wait(child.Now - parent.Now + TimeSpan.FromSeconds(1));
        return [Work(parent).Claim().Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim), child.Ends(AgentTaskState.ClaimedComplete, SuccessSource.AgentClaim)];
    }

    private TaskScript Begin(FleetTask? parent, DateTimeOffset? at)
    {
        var person = string.Create(CultureInfo.InvariantCulture, $"usr_{random.Next(8)}");
        var place = parent?.Place ?? new()
        {
            Teams = teams[person[^1] % teams.Length],
            Mode = Any(modes),
            Provider = Any(providers),
            Model = Any(models),
            Agent = Any(agents),
            Repository = random.Next(4) == 0 ? null : Any(repositories),
            Release = Any(releases),
            Person = person,
        };
        var native = string.Create(CultureInfo.InvariantCulture, $"s{seed}-{number++}");
        return new(new() { Native = native, Place = parent is null ? place : place with { Mode = "ask" }, Parent = parent?.Native }, random, at ?? begin + (random.NextDouble() * span));
    }

    /// <summary>Some turns with tools of all ends, and a title that is made beside them.</summary>
    private TaskScript Work(TaskScript script)
    {
        if (random.Next(3) == 0)
        {
            script.Turn(finish: "stop", offersTools: false);
        }

        for (var turns = random.Next(1, 5); turns > 0; turns--)
        {
            script.Turn().Tool("edit", ToolClass.Edit, ToolResult.Success, new() { Mutates = true, Files = ["a.cs"] });
            _ = random.Next(6) switch
            {
                0 => script.Tool("bash", ToolClass.Command, ToolResult.OfExit(random.Next(1, 3))),
                1 => script.Tool("read", ToolClass.Read, ToolResult.Failure),
                2 => script.Tool("bash", ToolClass.Command, ToolResult.Timeout),
                3 => script.Tool("bash", ToolClass.Command, ToolResult.Denied, outcome: DecisionOutcome.Refused),
                4 => script.Tool("edit", ToolClass.Edit, ToolResult.Denied),
                _ => script.Tool("bash", ToolClass.Command, ToolResult.OfExit(0)),
            };
        }

        return script;
    }

    private static FleetTask Failed(TaskScript script, string error, AgentTaskState state) => script.Turn(CallOutcome.Failed, error).Ends(state, endedAt: script.Now + FoldRules.Default.Quiet);

    private static FleetTask Abandoned(TaskScript script)
    {
        script.Turn();
        var last = script.Now;
        return script.Tool("bash", ToolClass.Command, null).Ends(AgentTaskState.Abandoned, endedAt: last + FoldRules.Default.AbandonAfter);
    }

    private static FleetTask Aborted(TaskScript script) => script.Turn(CallOutcome.Aborted, "client_abort").Ends(AgentTaskState.Cancelled, endedAt: script.Now + FoldRules.Default.Quiet);

    private static FleetTask Stuck(TaskScript script) => script.Turn().Signal(TaskSignalKind.Stuck).Ends(AgentTaskState.Stuck, endedAt: script.Now);

    private static FleetTask RevertedByCommand(TaskScript script)
    {
        var (cycle, ended) = (script.Task.Truth.Cycle, script.Task.Truth.EndedAt);
        script.Wait(TimeSpan.FromHours(1)).Turn().Tool("bash", ToolClass.Command, ToolResult.OfExit(0), new() { Mutates = true, Reverts = true, RevertsAll = true }).Claim();
        (script.Task.Truth.Cycle, script.Task.Truth.EndedAt) = (cycle, ended); // "I have taken it back" is no completion
        return script.Ends(AgentTaskState.RolledBack, takenBack: true);
    }

    private static TaskScript Later(TaskScript script, int days) => script.Wait(TimeSpan.FromDays(days));

    private string Any(string[] of) => of[random.Next(of.Length)];
}
