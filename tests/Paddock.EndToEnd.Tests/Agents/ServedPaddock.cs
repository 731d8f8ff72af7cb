using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.Control.Ledger;
using Paddock.Control.Tasks;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary><c>paddock serve</c> as a process of its own, and the command line beside it.</summary>
internal sealed class ServedPaddock : IAsyncDisposable
{
    /// <summary>What source control signs with.</summary>
    public const string ScmSecret = "a secret of the tests alone";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("paddock-served-");
    private PaddockProcess server = null!; // started before anybody sees it

    public string Url { get; private set; } = "";

    private string Data => Path.Combine(root.FullName, "data");

    /// <summary>Starts it with one provider in its environment, for all wires; nothing else of the test's own environment reaches it.</summary>
    public static async Task<ServedPaddock> StartAsync(SimulatedProvider provider, string releaseDirectory, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["OPENAI_BASE_URL"] = new Uri(provider.BaseUrl, "/v1").ToString(),
            ["OPENAI_API_KEY"] = "sk-upstream",
            ["ANTHROPIC_BASE_URL"] = provider.BaseUrl.ToString(),
            ["ANTHROPIC_API_KEY"] = "sk-upstream",
            ["PADDOCK_SCM_SECRET"] = ScmSecret,
        };
        var served = new ServedPaddock();
        (served.server, served.Url) = await PaddockProcess.ServeAsync(served.Data, ["--release", releaseDirectory], environment, cancellationToken);
        return served;
    }

    /// <summary>Runs <c>paddock ARGUMENTS --data DIR</c> and returns what it prints.</summary>
    /// <param name="key">Whose command it is; null = the administrator's.</param>
    public async Task<string> CommandAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? key = null)
    {
        if (key is not null)
        {
            var file = Path.Combine(root.FullName, "given.key");
            await File.WriteAllTextAsync(file, key, cancellationToken);
            arguments = [.. arguments, "--key-file", file];
        }

        return (await PaddockProcess.RunAsync([.. arguments, "--data", Data], environment: null, cancellationToken)).Printed;
    }

    /// <summary>Makes a key called laptop, and returns its text.</summary>
    public Task<string> CreateKeyAsync(string user, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        CommandAsync(["key", "create", "--name", "laptop", "--user", user, .. options], cancellationToken);

    /// <summary>The calls of an agent, oldest first, once none of them runs any more.</summary>
    public async Task<IReadOnlyList<CallView>> CallsAsync(string agent, CancellationToken cancellationToken)
    {
        IReadOnlyList<CallView> calls = [];
        await Eventually.IsAsync(
            async () =>
            {
                var json = await CommandAsync(["ledger", "list", "--json", "--limit", "1000", "--agent", agent], cancellationToken);
                calls = JsonSerializer.Deserialize(json, ControlJson.Default.CallList)!.Calls; // the command prints a list
                return calls.All(call => call.Outcome != "running");
            },
            () => "A call still runs.",
            cancellationToken);
        return [.. calls.Reverse()];
    }

    /// <summary>A task, once it has ended.</summary>
    public async Task<TaskView> TaskAsync(string id, CancellationToken cancellationToken)
    {
        TaskView? task = null;
        await Eventually.IsAsync(
            async () =>
            {
                task = JsonSerializer.Deserialize(await CommandAsync(["tasks", "--search", id, "--json"], cancellationToken), ControlJson.Default.TaskList)!.Tasks.SingleOrDefault(); // the command prints a list
                return task?.EndedAt is not null;
            },
            () => $"The task is {task?.State}.",
            cancellationToken);
        return task!; // seen just now
    }

    /// <summary>What happened in a task, newest first.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string task, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await CommandAsync(["task", "timeline", task, "--limit", "500", "--json"], cancellationToken), ControlJson.Default.TimelineView)!.Entries; // the command prints a view

    /// <summary>Makes a user who may approve, and returns the text of their key.</summary>
    public async Task<string> CreateApproverAsync(CancellationToken cancellationToken)
    {
        await CommandAsync(["user", "create", "ada", "--team", "leads"], cancellationToken);
        return await CommandAsync(["key", "create", "--name", "decides", "--user", "ada", "--control", "approver"], cancellationToken);
    }

    public async Task<IReadOnlyList<ApprovalView>> ApprovalsAsync(string state, string approver, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await CommandAsync(["approvals", "list", "--state", state, "--json"], cancellationToken, approver), ControlJson.Default.ApprovalList)!.Approvals; // the command prints a list

    /// <summary>The first request that waits. It is asked for as long as the agent runs.</summary>
    public async Task<ApprovalView> PendingAsync(string approver, Task<ProgramEnd> run, CancellationToken cancellationToken)
    {
        IReadOnlyList<ApprovalView> pending = [];
        await Eventually.IsAsync(
            async () =>
            {
                var ended = run.IsCompleted;
                pending = await ApprovalsAsync("pending", approver, cancellationToken);
                return pending.Count > 0 || ended;
            },
            () => "Nothing waits, and the agent still runs.",
            cancellationToken,
            within: TimeSpan.FromMinutes(3));
        pending.ShouldNotBeEmpty(run.IsCompletedSuccessfully ? (await run).Output : "");
        return pending[0];
    }

    public Task ApproveAsync(string approval, string approver, CancellationToken cancellationToken) =>
        CommandAsync(["approvals", "approve", approval, "--reason", "looked at it"], cancellationToken, approver);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        root.Delete(recursive: true);
    }
}
