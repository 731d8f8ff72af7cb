using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Tests.Releases;

public class ApprovalChainTests
{
    [Fact]
    public void A_chain_is_read_with_everything_that_it_says()
    {
        var chain = Load("""
            steps:
              - anyOf: {teams: [leads], roles: [approver]}
                min: 2
                distinctFrom: [requester, lastCommitter]
                timeout: 15m
                escalateTo: {users: [ada], groups: [oncall]}
              - anyOf: {roles: [admin]}
            """).ShouldBeOfType<LoadOutcome.Loaded>().Content.Chains.ShouldHaveSingleItem();

        chain.Name.ShouldBe("prod-write");
        chain.Steps.Length.ShouldBe(2);
        var first = chain.Steps[0];
        first.AnyOf.Teams.ShouldBe(["leads"]);
        first.AnyOf.Roles.ShouldBe(ControlRoles.Approver);
        first.Min.ShouldBe(2);
        first.DistinctFrom.ShouldBe([ApprovalParty.Requester, ApprovalParty.LastCommitter]);
        first.Timeout.ShouldBe(TimeSpan.FromMinutes(15));
        first.EscalateTo.ShouldNotBeNull().ToString().ShouldBe("group oncall, user ada");
        (chain.Steps[1].Min, chain.Steps[1].Timeout, chain.Steps[1].AnyOf.Roles).ShouldBe((1, null, ControlRoles.Admin));
    }

    [Fact]
    public void A_snapshot_finds_a_chain_by_its_name()
    {
        var content = Load("steps: [{anyOf: {teams: [leads]}}]").ShouldBeOfType<LoadOutcome.Loaded>().Content;

        SnapshotBuilder.Build(content).Chains["prod-write"].Steps.ShouldHaveSingleItem().AnyOf.Teams.ShouldBe(["leads"]);
    }

    [Theory]
    [InlineData("steps: []", "spec.steps", "at least one")]
    [InlineData("steps: [{min: 1}]", "spec.steps[0].anyOf", "required")]
    [InlineData("steps: [{anyOf: {}}]", "spec.steps[0].anyOf", "nobody could ever vote")]
    [InlineData("steps: [{anyOf: {team: [leads]}}]", "spec.steps[0].anyOf.team", "teams")]
    [InlineData("steps: [{anyOf: {teams: []}}]", "spec.steps[0].anyOf.teams", "at least one")]
    [InlineData("steps: [{anyOf: {roles: [aprover]}}]", "spec.steps[0].anyOf.roles[0]", "approver")]
    [InlineData("steps: [{anyOf: {teams: [a]}, min: 0}]", "spec.steps[0].min", "from 1")]
    [InlineData("steps: [{anyOf: {users: [ada]}, min: 2}]", "spec.steps[0].min", "never come together")]
    [InlineData("steps: [{anyOf: {users: [ada, Ada]}, min: 2}]", "spec.steps[0].min", "from 1 named users")]
    [InlineData("steps: [{anyOf: {users: [ada]}}, {anyOf: {users: [ada]}}]", "spec.steps", "once in the whole chain")]
    [InlineData("steps: [{anyOf: {teams: [a]}, distinctFrom: [asker]}]", "spec.steps[0].distinctFrom[0]", "requester")]
    [InlineData("steps: [{anyOf: {teams: [a]}, escalateTo: {teams: [b]}}]", "spec.steps[0].escalateTo", "timeout")]
    [InlineData("steps: [{anyOf: {teams: [a]}, timeout: soon}]", "spec.steps[0].timeout", "duration")]
    [InlineData("steps: [{anyOf: {teams: [a]}, quorum: 2}]", "spec.steps[0].quorum", "no field of this name")]
    public void A_chain_that_says_something_else_is_refused_with_its_key(string spec, string key, string says)
    {
        var fault = Load(spec).ShouldBeOfType<LoadOutcome.Rejected>().Faults.First(fault => fault.Key == key);

        (fault.Message + fault.Suggestion).ShouldContain(says);
    }

    private static LoadOutcome Load(string spec)
    {
        var indented = string.Join('\n', spec.Split('\n').Select(line => "  " + line));
        return ReleaseLoader.Load([new("chain.yaml", $"apiVersion: paddock/v1alpha1\nkind: ApprovalChain\nmetadata: {{name: prod-write, owner: platform}}\nspec:\n{indented}\n")]);
    }
}
