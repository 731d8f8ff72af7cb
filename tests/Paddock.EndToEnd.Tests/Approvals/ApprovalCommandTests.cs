using Paddock.Core.Approvals;
using Paddock.Core.Audit;

namespace Paddock.EndToEnd.Tests.Approvals;

/// <summary>Approvals at a prompt, against the real server.</summary>
public class ApprovalCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_listed_shown_and_approved_by_somebody_else_and_then_used_once()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();
        var waiting = served.Approvals.WaitAsync(asked.Id, Cancellation);
        var (ada, dev) = (await served.KeyAsync("ada"), await served.KeyAsync("dev"));

        (await served.RunAsync(["approvals", "list"], ada)).Printed.ShouldContain(asked.Id.Value);
        var shown = (await served.RunAsync(["approvals", "show", asked.Id.Value], ada)).Printed;
        shown.ShouldContain("git push origin main");
        shown.ShouldContain("Pushes are reviewed");
        shown.ShouldContain(asked.Digest.Value);
        (await served.RunAsync(["approvals", "approve", asked.Id.Value], dev)).Errors.ShouldContain("Nobody decides their own request");
        (await served.RunAsync(["approvals", "approve", asked.Id.Value])).Errors.ShouldContain("Only people decide");
        (await served.RunAsync(["approvals", "approve", asked.Id.Value, "--reason", "fine"], ada)).Printed.ShouldBe($"{asked.Id} is approved.");

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Approved);
        var use = new ApprovalUse(served.Subject());
        var intent = new ToolIntent { Id = "dec_1", CallDigest = use.Subject.Digest, Tool = "shell", Entry = new() { Act = AuditActs.ToolIntent, Actor = AuditActor.Agent("codex", "usr_1", null) } };
        (await served.Approvals.ConsumeAsync(asked.Id, use, intent, Cancellation)).ShouldBeOfType<ApprovalResult.Done>();
        (await served.Approvals.ConsumeAsync(asked.Id, use, intent with { Id = "dec_2" }, Cancellation)).ShouldBeOfType<ApprovalResult.Refused>();
        (await served.RunAsync(["approvals", "list", "--state", "consumed", "--json"], ada)).Printed.ShouldContain("\"reason\":\"fine\"");
        (await served.RunAsync(["approvals", "approvers"])).Printed.ShouldContain("ada");
    }

    [Fact]
    public async Task What_is_denied_ends_and_a_soft_refusal_is_overridden_with_a_reason()
    {
        await using var served = await ServedApprovals.StartAsync();
        var (hard, soft) = (await served.AskAsync(), await served.AskAsync("make deploy", soft: true));
        var (ada, dev) = (await served.KeyAsync("ada"), await served.KeyAsync("dev"));

        (await served.RunAsync(["approvals", "deny", hard.Id.Value, "--reason", "not on a friday"], ada)).Printed.ShouldBe($"{hard.Id} is denied.");
        (await served.RunAsync(["approvals", "deny", hard.Id.Value, "--json"], ada)).Errors.ShouldContain("paddock:conflict");
        (await served.RunAsync(["override", soft.Id.Value], dev)).Code.ShouldBe(2);
        (await served.RunAsync(["override", soft.Id.Value, "--reason", "staging only"], dev)).Printed.ShouldBe($"{soft.Id} is approved.");
    }

    [Fact]
    public async Task An_agent_that_finds_the_way_with_its_own_key_has_no_vote()
    {
        await using var served = await ServedApprovals.StartAsync();
        var asked = await served.AskAsync();

        var refused = await served.RunAsync(["approvals", "approve", asked.Id.Value], await served.KeyAsync("ada", "--models", "*"));

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldContain("an agent's");
        (await served.Approvals.FindAsync(asked.Id, Cancellation)).ShouldNotBeNull().State.ShouldBe(ApprovalState.Pending);
    }
}
