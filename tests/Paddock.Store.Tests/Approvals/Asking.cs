using Paddock.Core.Approvals;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Tests.Identity;
using Paddock.Testing;

namespace Paddock.Store.Tests.Approvals;

/// <summary>People in a store, and what they ask for.</summary>
internal sealed class Asking
{
    private readonly StoreUnderTest store;

    private Asking(StoreUnderTest store, Principal dev, Principal ada, Principal bob) => (this.store, Dev, Ada, Bob) = (store, dev, ada, bob);

    public Principal Dev { get; }

    public Principal Ada { get; }

    public Principal Bob { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A developer and two leads.</summary>
    public static async Task<Asking> InAsync(StoreUnderTest store)
    {
        var (dev, ada, bob) = (People.User("dev"), People.User("ada") with { Teams = ["leads"] }, People.User("bob") with { Teams = ["leads"] });
        foreach (var person in new[] { dev, ada, bob })
        {
            (await store.Identity.AddPrincipalAsync(person, Acting.Operator, Cancellation)).ShouldBeTrue();
        }

        return new(store, dev, ada, bob);
    }

    public ApprovalSubject Subject(string command = "git push", string? task = "task_1", Principal? by = null) =>
        ApprovalSubject.OfCommand((by ?? Dev).Id.Value, "codex", task, "shell", command, "/work").ShouldNotBeNull();

    public ApprovalRequest Request(string command = "git push", string? task = "task_1", Principal? by = null) => new()
    {
        Subject = Subject(command, task, by),
        Requester = new() { Principal = (by ?? Dev).Id, Key = KeyId.Create(Guid.Empty) },
        Chain = new() { Name = "leads", Steps = [new() { AnyOf = new() { Teams = ["leads"] } }] },
        Brief = new() { Agent = "codex", Tool = "shell", ToolClass = "command", Command = command, Cwd = "/work", Argv = [[.. command.Split(' ')]], Task = task, Repository = "r", Rule = "git/push", Because = "pushes are reviewed" },
    };

    /// <summary>What a soft rule refused.</summary>
    public ApprovalRequest Soft(string command) => Request(command) with { Chain = ApprovalChain.Nobody, SelfAcknowledgement = true };

    /// <summary>Asks for something new.</summary>
    public async Task<Approval> AskAsync(ApprovalRequest? request = null) =>
        (await store.Approvals.AskAsync(request ?? Request(), Cancellation)).ShouldBeOfType<AskOutcome.Created>().Approval;

    public async Task<Approval> ApproveAsync(ApprovalId id, Principal? by = null, bool grant = false) =>
        (await store.Approvals.VoteAsync(id, new((by ?? Ada).Id, Approve: true, "fine", grant), Cancellation)).ShouldBeOfType<ApprovalResult.Done>().Approval;

    public Task<ApprovalResult> UseAsync(Approval approval, string intent = "dec_1", ApprovalUse? use = null) =>
        UseIn(store, approval, intent, use);

    public Task<ApprovalResult> UseIn(StoreUnderTest where, Approval approval, string intent, ApprovalUse? use = null) =>
        where.Approvals.ConsumeAsync(approval.Id, use ?? new(Subject()), new() { Id = intent, CallDigest = (use?.Subject ?? Subject()).Digest, Task = "task_1", Tool = "shell", Entry = new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent("codex", "usr_1", null), Ref = intent } }, Cancellation);
}
