using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Tests.Runbooks;

/// <summary>The runbooks that are in force without being copied.</summary>
public sealed class ShippedRunbookTests
{
    [Fact]
    public void There_are_the_three_of_the_mission_and_six_scenarios() => ShippedRunbooks.All.Select(static one => one.Name).Order(StringComparer.Ordinal).ShouldBe(
        ["access-policy-change", "backlog", "dependency-latency", "environment-parity-drift", "integration-incident", "provider-degradation", "schema-update", "traffic-spike", "unsafe-output"]);

    [Fact]
    public void Each_is_read_back_as_it_was_from_the_text_that_a_run_keeps()
    {
        foreach (var one in ShippedRunbooks.All)
        {
            var again = ShippedRunbooks.Read(one.Source);
            (again.Digest, again.Name, again.Guide, again.Start, again.Hold).ShouldBe((one.Digest, one.Name, one.Guide, one.Start, one.Hold));
            again.Steps.Select(static step => (step.Id, step.Action, step.Safe, step.Verify, string.Join(',', step.With))).ShouldBe(one.Steps.Select(static step => (step.Id, step.Action, step.Safe, step.Verify, string.Join(',', step.With))));
        }
    }

    [Fact]
    public void Together_they_use_every_action_there_is() => ShippedRunbooks.All.SelectMany(static one => one.Steps).Select(static step => step.Action).Distinct().Order().ShouldBe(Enum.GetValues<StepAction>());
}
