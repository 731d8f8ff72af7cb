using Paddock.Control.Identity;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;

namespace Paddock.Control.Tests.Approvals;

/// <summary>An installation with a developer, two leads and what the developer's agent asks for.</summary>
internal sealed class Inbox(ControlUnderTest control)
{
    public static readonly GrantOffer Offer = new() { ArgvPrefix = ["git", "push"], Task = "task_1", MaxUses = 3, Ttl = TimeSpan.FromHours(1) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<Inbox> OpenAsync()
    {
        foreach (var (name, team) in new[] { ("dev", "core"), ("ada", "leads"), ("bob", "leads") })
        {
            (await control.Get<CreateUser>().RunAsync(ControlUnderTest.Admin, new() { Name = name, Teams = [team] }, Cancellation)).ShouldBeDone();
        }

        return this;
    }

    public PrincipalId IdOf(string name) => control.Get<IIdentities>().Current.Principals.Single(principal => principal.Name == name).Id;

    /// <summary>Somebody with a key of their own that has control roles and nothing else.</summary>
    public async Task<Actor> AsAsync(string name, string role = "approver", bool models = false, bool service = false)
    {
        var made = (await control.Get<CreateKey>().RunAsync(ControlUnderTest.Admin, new() { Name = $"{name}-{role}", User = name, Control = [role], Models = models, Service = service }, Cancellation)).ShouldBeDone();
        var caller = control.Present(made.Token).ShouldBeOfType<KeyOutcome.Known>().Caller;
        return new(caller.Principal.Id.Value, caller.Key.Scopes.Control, caller.Key.Id);
    }

    public async Task<string> AskAsync(string command = "git push origin main", bool soft = false, string? task = "task_1", GrantOffer? offer = null, string? decision = null)
    {
        var request = new ApprovalRequest
        {
            Subject = ApprovalSubject.OfCommand(IdOf("dev").Value, "codex", task, "shell", command, "/work").ShouldNotBeNull(),
            Requester = new() { Principal = IdOf("dev") },
            Chain = soft ? ApprovalChain.Nobody : new() { Name = "leads", Steps = [new() { AnyOf = new() { Teams = ["leads"] } }] },
            SelfAcknowledgement = soft,
            Offer = offer,
            Brief = new() { Agent = "codex", Tool = "shell", ToolClass = "command", Command = command, Cwd = "/work", Argv = [[.. command.Split(' ')]], Task = task, Rule = "git/push", Because = "pushes are reviewed", DecisionId = decision },
        };
        return (await control.Get<IApprovals>().AskAsync(request, Cancellation)).ShouldBeOfType<AskOutcome.Created>().Approval.Id.Value;
    }
}
