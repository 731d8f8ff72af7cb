using Paddock.Core.Releases;
using Paddock.Core.Runbooks;
using Paddock.Drills;

namespace Paddock.EndToEnd.Tests.Drills;

/// <summary>Every runbook that is shipped works, each time it is built.</summary>
public sealed class ShippedDrillTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. ShippedRunbooks.All.Select(static one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_drill_passes(string name)
    {
        var runbook = ShippedRunbooks.All.Single(one => one.Name == name);

        var result = await new TwinDrills(OwnDrillTests.Shipped, TimeProvider.System).RunAsync(runbook, output.WriteLine, TestContext.Current.CancellationToken);

        foreach (var line in result.Lines)
        {
            output.WriteLine($"{(line.Passed ? "passed" : "FAILED")} {line.Expectation}: {line.Says}");
        }

        result.Lines.Where(static line => !line.Passed).Select(static line => $"{line.Expectation}: {line.Says}").ShouldBeEmpty();
    }
}
