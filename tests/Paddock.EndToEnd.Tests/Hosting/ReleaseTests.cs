using Paddock.Simulator;

namespace Paddock.EndToEnd.Tests.Hosting;

public class ReleaseTests
{
    private const string Broken = """
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata: {name: b, owner: test}
        spec:
          scope: usr
          windw: day
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_directory_is_taken_in_while_running_and_a_broken_one_is_not_and_after_a_restart_the_last_good_one_serves()
    {
        using var place = new Installation();
        await using var provider = await SimulatedProvider.StartAsync(new(), Cancelled);
        place.WriteProvider(provider.BaseUrl);
        var (server, _) = await place.ServeAsync(["--release", place.Release]);
        await using var _ = server;
        var first = (await place.RunAsync(["release", "show"])).Printed;

        place.Write("release/model.yaml", "apiVersion: paddock/v1alpha1\nkind: Model\nmetadata: {name: allowed, owner: test}\nspec: {provider: simulated}\n");
        await Eventually.IsAsync(async () => (await place.RunAsync(["release", "show"])).Printed.Contains("allowed", StringComparison.Ordinal), () => server.Said, Cancelled);
        var second = (await place.RunAsync(["release", "show"])).Printed;
        place.Write("release/broken.yaml", Broken);
        await server.SaysAsync("broken.yaml:6", Cancelled);

        second.ShouldNotBe(first);
        server.Said.ShouldContain("broken.yaml:5");
        (await place.RunAsync(["release", "show"])).Printed.ShouldBe(second);
        server.AskToStop();
        (await server.WaitAsync(Cancelled)).ShouldBe(0);

        var (again, _) = await place.ServeAsync(["--release", place.Release]);
        await using (again)
        {
            (await place.RunAsync(["release", "show"])).Printed.ShouldBe(second);
            again.Said.ShouldContain("broken.yaml:6");
        }

        Directory.Delete(place.Release, recursive: true);
        var (without, _) = await place.ServeAsync(["--release", place.Release]);
        await using (without)
        {
            (await place.RunAsync(["release", "show"])).Printed.ShouldBe(second);
        }
    }

    [Fact]
    public async Task A_first_start_on_a_broken_directory_is_refused_with_every_fault_and_its_place()
    {
        using var place = new Installation();
        place.Write("release/broken.yaml", Broken);
        File.CreateSymbolicLink(Path.Combine(place.Release, "dangling.yaml"), "nowhere.yaml");
        File.CreateSymbolicLink(Path.Combine(place.Release, "circle.yaml"), "circle.yaml");

        var refused = await place.RunAsync(["serve", "--urls", "http://127.0.0.1:0", "--release", place.Release]);

        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain("broken.yaml:5");
        refused.Errors.ShouldContain("broken.yaml:6");
        refused.Errors.ShouldContain("dangling.yaml:0: This file cannot be read");
        refused.Errors.ShouldContain("circle.yaml:0: This file cannot be read");
        refused.Errors.ShouldNotContain("   at ");
    }
}
