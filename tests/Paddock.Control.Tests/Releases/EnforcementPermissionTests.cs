using Paddock.Control.Releases;
using Paddock.Core.Identity;
using Paddock.Core.Snapshot;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Releases;

/// <summary>Whoever writes rules does not thereby turn them off.</summary>
public class EnforcementPermissionTests
{
    private static readonly Actor author = Admin with { Roles = ControlRoles.Policy };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_author_of_policies_cannot_turn_a_binding_to_shadow_or_leave_it_out()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(author, Bound("enforce"), Cancellation);

        var refused = (await control.Get<ImportRelease>().RunAsync(author, Bound("shadow"), Cancellation)).ShouldBeOfType<Outcome<ReleaseView>.NotAllowed>();
        (await control.Get<ImportRelease>().RunAsync(author, ReleaseTests.Named("one") with { Activate = true }, Cancellation)).ShouldBeOfType<Outcome<ReleaseView>.NotAllowed>();

        refused.Message.ShouldContain("PolicyBinding git: enforce → shadow");
        refused.Message.ShouldContain("control role enforcement");
        control.Get<ISnapshots>().Current.Policies.Enforces.ShouldBeTrue();
    }

    [Fact]
    public async Task Nor_by_going_back_to_a_release_of_before()
    {
        await using var control = await StartAsync();
        var before = (await control.Get<ImportRelease>().RunAsync(Admin, Bound("shadow"), Cancellation)).ShouldBeDone();
        await control.Get<ImportRelease>().RunAsync(Admin, Bound("enforce"), Cancellation);

        (await control.Get<ActivateRelease>().RunAsync(author, before.Digest, Cancellation)).ShouldBeOfType<Outcome<ReleaseView>.NotAllowed>();

        (await control.Get<ActivateRelease>().RunAsync(author with { Roles = ControlRoles.Policy | ControlRoles.Enforcement }, before.Digest, Cancellation)).ShouldBeDone();
        control.Get<ISnapshots>().Current.Policies.Enforces.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_in_force_before_a_restart_counts_as_well()
    {
        await using var control = await StartAsync();
        await control.Get<ImportRelease>().RunAsync(Admin, Bound("enforce"), Cancellation);
        using var restarted = new ReleaseBook(
            control.Get<Core.Releases.IReleaseStore>(), control.Get<ISnapshots>(), control.Get<Core.Budgets.BudgetBook>(), control.Get<Core.Ledger.ILedgerReader>(),
            control.Get<Core.Notifications.INotifications>(), control.Get<Core.Audit.IAuditLog>(), new(), control.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<ReleaseBook>.Instance);

        (await new ImportRelease(restarted).RunAsync(author, Bound("off"), Cancellation)).ShouldBeOfType<Outcome<ReleaseView>.NotAllowed>();
    }

    private static ReleaseInput Bound(string enforcement) => new()
    {
        Activate = true,
        Files =
        [
            new("git.yaml", $$"""
                apiVersion: paddock/v1alpha1
                kind: Policy
                metadata: {name: git, owner: tests}
                spec:
                  rules:
                  - id: push
                    match: {commands: [[git, push]]}
                    effect: deny
                    tests: [{match: git push}]
                ---
                apiVersion: paddock/v1alpha1
                kind: PolicyBinding
                metadata: {name: git, owner: tests}
                spec: {policy: git, enforcement: {{enforcement}}}
                """),
        ],
    };
}
