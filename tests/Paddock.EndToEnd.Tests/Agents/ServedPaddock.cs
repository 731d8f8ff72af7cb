using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Paddock.Control;
using Paddock.Control.Approvals;
using Paddock.Control.Ledger;
using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary><c>paddock serve</c> as a process of its own, and the command line beside it.</summary>
internal sealed class ServedPaddock : IAsyncDisposable
{
    private const int Terminate = 15;

    private readonly string data = Directory.CreateTempSubdirectory("paddock-served-").FullName;
    private readonly Process server;

    private ServedPaddock(IReadOnlyDictionary<string, string> environment, string releaseDirectory) =>
        server = Start(["serve", "--data", data, "--urls", "http://127.0.0.1:0", "--release", releaseDirectory], environment);

    public string Url { get; private set; } = "";

    /// <summary>Starts it with one provider in its environment, for all wires; nothing else of the test's own environment reaches it.</summary>
    public static async Task<ServedPaddock> StartAsync(SimulatedProvider provider, string releaseDirectory, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>
        {
            ["OPENAI_BASE_URL"] = new Uri(provider.BaseUrl, "/v1").ToString(),
            ["OPENAI_API_KEY"] = "sk-upstream",
            ["ANTHROPIC_BASE_URL"] = provider.BaseUrl.ToString(),
            ["ANTHROPIC_API_KEY"] = "sk-upstream",
        };
        var served = new ServedPaddock(environment, releaseDirectory);
        const string before = " listens on ";
        var said = new List<string>();
        while (await served.server.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);
            if (line.IndexOf(before, StringComparison.Ordinal) is >= 0 and var at)
            {
                served.Url = line[(at + before.Length)..].Split(',')[0].Trim();
                return served;
            }
        }

        said.Add(await served.server.StandardError.ReadToEndAsync(cancellationToken));
        await served.DisposeAsync();
        throw new InvalidOperationException("paddock serve ended before it listened:\n" + string.Join('\n', said));
    }

    /// <summary>Runs <c>paddock ARGUMENTS --data DIR</c> and returns what it prints.</summary>
    /// <param name="key">Whose command it is; null = the administrator's.</param>
    public async Task<string> CommandAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? key = null)
    {
        using var command = Start([.. arguments, "--data", data], key is null ? new Dictionary<string, string>() : new() { ["PADDOCK_KEY"] = key });
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(cancellationToken), command.StandardError.ReadToEndAsync(cancellationToken));
        await command.WaitForExitAsync(cancellationToken);
        command.ExitCode.ShouldBe(0, await errors);
        return await output;
    }

    /// <summary>Makes a key called laptop, and returns its text.</summary>
    public async Task<string> CreateKeyAsync(string user, IReadOnlyList<string> options, CancellationToken cancellationToken) =>
        (await CommandAsync(["key", "create", "--name", "laptop", "--user", user, .. options], cancellationToken)).Trim();

    /// <summary>The calls of an agent, oldest first, once none of them runs any more.</summary>
    public async Task<IReadOnlyList<CallView>> CallsAsync(string agent, CancellationToken cancellationToken)
    {
        while (true)
        {
            var json = await CommandAsync(["ledger", "list", "--json", "--limit", "1000", "--agent", agent], cancellationToken);
            var calls = JsonSerializer.Deserialize(json, ControlJson.Default.CallList)!.Calls; // the command prints a list
            if (calls.All(call => call.Outcome != "running"))
            {
                return [.. calls.Reverse()];
            }
        }
    }

    /// <summary>Makes a user who may approve, and returns the text of their key.</summary>
    public async Task<string> CreateApproverAsync(CancellationToken cancellationToken)
    {
        await CommandAsync(["user", "create", "ada", "--team", "leads"], cancellationToken);
        return (await CommandAsync(["key", "create", "--name", "decides", "--user", "ada", "--control", "approver"], cancellationToken)).Trim();
    }

    public async Task<IReadOnlyList<ApprovalView>> ApprovalsAsync(string state, string approver, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await CommandAsync(["approvals", "list", "--state", state, "--json"], cancellationToken, approver), ControlJson.Default.ApprovalList)!.Approvals; // the command prints a list

    /// <summary>The first request that waits. It is asked for as long as the agent runs.</summary>
    public async Task<ApprovalView> PendingAsync(string approver, Task<ProgramEnd> run, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await ApprovalsAsync("pending", approver, cancellationToken) is [var first, ..])
            {
                return first;
            }

            run.IsCompleted.ShouldBeFalse(run.IsCompletedSuccessfully ? (await run).Output : "");
        }
    }

    public Task ApproveAsync(string approval, string approver, CancellationToken cancellationToken) =>
        CommandAsync(["approvals", "approve", approval, "--reason", "looked at it"], cancellationToken, approver);

    public async ValueTask DisposeAsync()
    {
        if (!server.HasExited)
        {
            _ = Kill(server.Id, Terminate);
            await server.WaitForExitAsync();
        }

        server.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paddock.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name is not ("PATH" or "HOME" or "DOTNET_ROOT" or "TMPDIR")).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("paddock did not start.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
