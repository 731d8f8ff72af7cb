using Paddock.Control.Budgets;
using Paddock.Control.Releases;
using Paddock.Core.Budgets;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Control.Tests.Releases;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Budgets;

public class BudgetTests
{
    private const string Daily = """
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata: {name: daily, owner: tests}
        spec:
          scope: user
          limit: {usd: 2}
          window: day
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_are_shown_with_names_limits_and_what_is_held()
    {
        await using var control = await StartAsync();
        var caller = control.Present((await control.KeyAsync()).Token).ShouldBeOfType<KeyOutcome.Known>().Caller;
        await PublishAsync(control);
        var subject = new BudgetSubject(caller.Key.Id.Value, caller.Key.Name, caller.Principal.Id.Value, caller.Principal.Name, [], null);
        control.Get<BudgetBook>().TryHold(control.Get<ISnapshots>().Current, subject, new(500_000_000, 10), Noon).ShouldBeOfType<HoldOutcome.Held>();

        var account = (await control.Get<ShowBudgets>().RunAsync(Admin, Cancellation)).ShouldBeDone().Accounts.ShouldHaveSingleItem();

        account.ShouldBe(new("daily", "user", "ada", caller.Principal.Id.Value, "day", new DateTimeOffset(Noon.Date.AddDays(1), TimeSpan.Zero), 0m, 0.5m, 2m, 0, 10, null));
    }

    [Fact]
    public async Task A_budget_that_comes_into_force_knows_what_was_spent_before_and_by_whom()
    {
        await using var control = await StartAsync();
        var caller = control.Present((await control.KeyAsync()).Token).ShouldBeOfType<KeyOutcome.Known>().Caller;
        await SpendAsync(control, caller, 1_500_000_000);

        await PublishAsync(control);

        var account = (await control.Get<ShowBudgets>().RunAsync(Admin, Cancellation)).ShouldBeDone().Accounts.ShouldHaveSingleItem();
        (account.Subject, account.SpentUsd).ShouldBe(("ada", 1.5m));
    }

    private static Task<PublishOutcome> PublishAsync(ControlUnderTest control) =>
        control.Get<ReleaseBook>().PublishAsync([new("b.yaml", Daily), new("p.yaml", ReleaseTests.Named("one").Files[0].Text)], Actor.Installation("system:tests"), Cancellation);

    private static async Task SpendAsync(ControlUnderTest control, Caller caller, long nanoUsd)
    {
        var ledger = control.Get<ILedger>();
        var id = CallId.Create(Noon);
        ledger.Open(new()
        {
            Id = id,
            At = Noon,
            Principal = caller.Principal.Id.Value,
            Key = caller.Key.Id.Value,
            Agent = "codex",
            Wire = Wire.OpenAiChat,
            Path = "/v1/chat/completions",
            ModelAsked = "m",
            ReleaseDigest = "sha256:" + new string('a', 64),
        });
        ledger.Close(new() { Id = id, At = Noon, Outcome = CallOutcome.Complete, CostNanoUsd = nanoUsd });
        await ledger.FlushAsync(Cancellation);
    }
}
