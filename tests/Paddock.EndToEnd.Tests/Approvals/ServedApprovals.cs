using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.EndToEnd.Tests.Hosting;
using Paddock.Hosting;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>The real server with a developer and a lead, and requests put to it as the gateway would.</summary>
internal sealed class ServedApprovals : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("paddock-approvals-").FullName;
    private PaddockServer server = null!; // started before anybody sees it

    public string Data => data;

    public string Url => server.OperatorsUrls[0];

    public IApprovals Approvals => server.Services.GetRequiredService<IApprovals>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServedApprovals> StartAsync(Func<ServeSettings, ServeSettings>? with = null, Action<WebApplicationBuilder>? configure = null)
    {
        var served = new ServedApprovals();
        var settings = new ServeSettings { DataDirectory = served.data, Listeners = [new(new(IsHttps: false, IPAddress.Loopback, 0), ListenerSides.Both, [])], LogLevel = LogLevel.Error };
        served.server = await PaddockServer.StartAsync(with?.Invoke(settings) ?? settings, configure, Cancellation);
        (await served.RunAsync(["user", "create", "dev"])).Code.ShouldBe(0);
        (await served.RunAsync(["user", "create", "ada", "--team", "leads"])).Code.ShouldBe(0);
        return served;
    }

    /// <summary>A person's own key with the approver role.</summary>
    public async Task<string> KeyAsync(string user, params string[] more) => (await RunAsync(["key", "create", "--name", $"{user}-decides", "--user", user, "--control", "approver", .. more])).Printed;

    public async Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, string? key = null)
    {
        if (key is not null)
        {
            var file = Path.Combine(data, "given.key");
            await File.WriteAllTextAsync(file, key, Cancellation);
            arguments = [.. arguments, "--key-file", file];
        }

        return await PaddockProcess.RunAsync([.. arguments, "--data", data], environment: null, Cancellation);
    }

    public ApprovalSubject Subject(string command = "git push origin main") => ApprovalSubject.OfCommand(Dev.Value, "codex", "task_1", "shell", command, "/work").ShouldNotBeNull();

    public async Task<Approval> AskAsync(string command = "git push origin main", bool soft = false, GrantOffer? offer = null, Func<ApprovalBrief, ApprovalBrief>? with = null)
    {
        var brief = new ApprovalBrief { Agent = "codex", Tool = "shell", ToolClass = "command", Command = command, Cwd = "/work", Argv = [[.. command.Split(' ')]], Task = "task_1", Rule = "git/push", Because = "Pushes are reviewed" };
        var request = new ApprovalRequest
        {
            Subject = Subject(command),
            Requester = new() { Principal = Dev },
            Chain = soft ? ApprovalChain.Nobody : new() { Name = "leads", Steps = [new() { AnyOf = new() { Teams = ["leads"] } }] },
            SelfAcknowledgement = soft,
            Offer = offer,
            Brief = with?.Invoke(brief) ?? brief,
        };
        return (await Approvals.AskAsync(request, Cancellation)).ShouldBeOfType<AskOutcome.Created>().Approval;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private PrincipalId Dev => server.Services.GetRequiredService<IIdentities>().Current.Principals.Single(principal => principal.Name == "dev").Id;
}
