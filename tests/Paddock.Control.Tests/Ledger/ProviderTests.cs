using Paddock.Control.Ledger;
using Paddock.Control.Tests.Tasks;
using Paddock.Core.Ledger;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Testing;
using static Paddock.Control.Tests.ControlUnderTest;

namespace Paddock.Control.Tests.Ledger;

/// <summary>How providers answer.</summary>
public class ProviderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tries_of_the_last_hour_are_counted_and_what_the_client_broke_off_is_no_failure()
    {
        await using var control = await StartAsync();
        var ada = await control.SignedInAsync("ada");
        Publish(control, "idle");
        control.WorkOf(ada, "old", Noon.AddHours(-2)).Turn(error: "connect");
        control.WorkOf(ada, "new", Noon.AddMinutes(-9)).Turn().Turn(error: "overloaded").Turn(error: "timeout").Turn(error: "client_abort", outcome: CallOutcome.Aborted);
        await control.Get<ILedger>().FlushAsync(Cancellation);

        var told = (await control.Get<ShowProviders>().RunAsync(Admin, Cancellation)).ShouldBeDone();

        told.Providers.Select(static one => (one.Name, one.Tries, one.Failed, one.LastError)).ShouldBe([("idle", 0, 0, null), ("main", 4, 2, "timeout")]);
        (told.Since, told.IsWhole).ShouldBe((Noon.AddHours(-1), true));
    }

    private static void Publish(ControlUnderTest control, string provider) => control.Get<ISnapshots>().Publish(SnapshotBuilder.Build(
        ReleaseLoader.Load([.. Releases.ReleaseTests.Named(provider).Files.Select(static file => new SourceFile(file.Path, file.Text))]).ShouldBeOfType<LoadOutcome.Loaded>().Content));
}
