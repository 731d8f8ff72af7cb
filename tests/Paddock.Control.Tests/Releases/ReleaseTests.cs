using Paddock.Control.Releases;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Releases;

public class ReleaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_imported_release_waits_until_it_is_put_in_force()
    {
        await using var control = await StartAsync();

        var imported = (await control.Get<ImportRelease>().RunAsync(Admin, Named("one"), Cancellation)).ShouldBeDone();
        imported.Active.ShouldBeFalse();
        control.Get<ISnapshots>().Current.Providers.ShouldBeEmpty();

        var active = (await control.Get<ActivateRelease>().RunAsync(Admin, imported.Digest[7..15], Cancellation)).ShouldBeDone();
        active.Active.ShouldBeTrue();
        control.Get<ISnapshots>().Current.Digest.Value.ShouldBe(imported.Digest);
        control.Get<ISnapshots>().Current.Providers.ShouldHaveSingleItem().Name.ShouldBe("one");
    }

    [Fact]
    public async Task A_broken_release_is_refused_whole_with_every_fault_and_the_last_good_one_serves_on()
    {
        await using var control = await StartAsync();
        var good = (await control.Get<ImportRelease>().RunAsync(Admin, Named("good") with { Activate = true }, Cancellation)).ShouldBeDone();

        var broken = new ReleaseInput { Activate = true, Files = [.. Named("fine").Files, new("b.yaml", "kind: Providor\n"), new("c.yaml", "kind: Budget\n")] };
        var faults = (await control.Get<ImportRelease>().RunAsync(Admin, broken, Cancellation)).ShouldBeFaulty();

        faults.Select(fault => fault.File).Distinct().ShouldBe(["b.yaml", "c.yaml"]);
        faults.ShouldContain(fault => fault.Suggestion == "Provider");
        control.Get<ISnapshots>().Current.Digest.Value.ShouldBe(good.Digest);
        (await control.Get<ListReleases>().RunAsync(Admin, Cancellation)).ShouldBeDone().Releases.ShouldHaveSingleItem().Active.ShouldBeTrue();
        (await control.Get<CheckRelease>().RunAsync(Admin, broken, Cancellation)).ShouldBeFaulty().Count.ShouldBe(faults.Count);
    }

    [Fact]
    public async Task Checking_a_release_changes_nothing()
    {
        await using var control = await StartAsync();

        var seen = (await control.Get<CheckRelease>().RunAsync(Admin, Named("one"), Cancellation)).ShouldBeDone();

        seen.Documents.ShouldHaveSingleItem().ShouldBe(new("Provider", "one", "tests", "p.yaml", 4));
        (await control.Get<ListReleases>().RunAsync(Admin, Cancellation)).ShouldBeDone().Releases.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_without_a_provider_takes_in_the_environments()
    {
        await using var control = await StartAsync();
        control.Get<ReleaseBook>().FromEnvironment = StarterRelease.From(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk" });

        await control.Get<ImportRelease>().RunAsync(Admin, new() { Files = [], Activate = true }, Cancellation);

        control.Get<ISnapshots>().Current.Providers.ShouldHaveSingleItem().Name.ShouldBe("openai");
    }

    [Fact]
    public async Task What_a_directory_says_is_not_overruled_from_elsewhere()
    {
        await using var control = await StartAsync();
        var imported = (await control.Get<ImportRelease>().RunAsync(Admin, Named("one"), Cancellation)).ShouldBeDone();
        control.Get<ReleaseBook>().Directory = "/etc/paddock/release";

        (await control.Get<ActivateRelease>().RunAsync(Admin, imported.Digest, Cancellation)).ShouldBeConflict();
        (await control.Get<ImportRelease>().RunAsync(Admin, Named("two") with { Activate = true }, Cancellation)).ShouldBeConflict();
        control.Get<ISnapshots>().Current.Providers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_is_shown_with_its_files_by_digest_or_as_the_active_one()
    {
        await using var control = await StartAsync();
        var one = (await control.Get<ImportRelease>().RunAsync(Admin, Named("one") with { Activate = true }, Cancellation)).ShouldBeDone();
        var two = (await control.Get<ImportRelease>().RunAsync(Admin, Named("two"), Cancellation)).ShouldBeDone();

        var active = (await control.Get<ShowRelease>().RunAsync(Admin, "active", Cancellation)).ShouldBeDone();
        var other = (await control.Get<ShowRelease>().RunAsync(Admin, two.Digest, Cancellation)).ShouldBeDone();

        active.Digest.ShouldBe(one.Digest);
        active.Files.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(Named("one").Files[0]);
        (other.Digest, other.Active).ShouldBe((two.Digest, false));
        foreach (var nothing in new[] { "", "sha256:", "12345", "zzzzzz", "000000", new string('0', 64), new string('0', 65) })
        {
            (await control.Get<ShowRelease>().RunAsync(Admin, nothing, Cancellation)).ShouldBeMissing();
            (await control.Get<ActivateRelease>().RunAsync(Admin, nothing, Cancellation)).ShouldBeMissing();
        }
    }

    [Fact]
    public async Task The_release_that_was_in_force_last_is_resumed()
    {
        await using var control = await StartAsync();
        (await control.Get<ReleaseBook>().ResumeAsync(Cancellation)).ShouldBeOfType<PublishOutcome.Missing>();
        await control.Get<ReleaseBook>().PublishAsync(Sources("one"), Actor.Installation("system:release-dir"), Cancellation);
        await control.Get<ReleaseBook>().PublishAsync(Sources("two"), Actor.Installation("system:release-dir"), Cancellation);
        using var next = new ReleaseBook(
            control.Get<IReleaseStore>(), control.Get<ISnapshots>(), control.Get<Core.Budgets.BudgetBook>(), control.Get<Core.Ledger.ILedgerReader>(), control.Get<Core.Notifications.INotifications>(), control.Get<Core.Audit.IAuditLog>(), new(), control.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<ReleaseBook>.Instance);

        var resumed = (await next.ResumeAsync(Cancellation)).ShouldBeOfType<PublishOutcome.InForce>();

        resumed.Release.Providers.ShouldHaveSingleItem().Name.ShouldBe("two");
        next.Current.ShouldBe(resumed.Release);
    }

    [Fact]
    public async Task The_same_release_again_changes_nothing_and_writes_no_history()
    {
        await using var control = await StartAsync();
        var book = control.Get<ReleaseBook>();

        (await book.PublishAsync(Sources("one"), Actor.Installation("system:a"), Cancellation)).ShouldBeOfType<PublishOutcome.InForce>().Changed.ShouldBeTrue();
        control.Time.Advance(TimeSpan.FromHours(1));
        (await book.PublishAsync(Sources("one"), Actor.Installation("system:b"), Cancellation)).ShouldBeOfType<PublishOutcome.InForce>().Changed.ShouldBeFalse();

        var listed = (await control.Get<ListReleases>().RunAsync(Admin, Cancellation)).ShouldBeDone().Releases.ShouldHaveSingleItem();
        listed.ActivatedAt.ShouldBe(Noon);
        listed.Origin.ShouldBe("system:a");
    }

    internal static ReleaseInput Named(string provider) => new()
    {
        Files =
        [
            new("p.yaml", $$"""
                apiVersion: paddock/v1alpha1
                kind: Provider
                metadata:
                  name: {{provider}}
                  owner: tests
                spec:
                  wires: [openai-chat]
                  baseUrl: http://127.0.0.1:9/v1
                  auth: {scheme: none}
                """),
        ],
    };

    private static IReadOnlyList<SourceFile> Sources(string provider) => [.. Named(provider).Files.Select(file => new SourceFile(file.Path, file.Text))];
}
