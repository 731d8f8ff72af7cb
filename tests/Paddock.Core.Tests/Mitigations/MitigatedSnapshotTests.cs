using System.Collections.Immutable;
using Paddock.Core.Mitigations;
using Paddock.Core.Policies;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Mitigations;

/// <summary>How a release is served while mitigations stand.</summary>
public sealed class MitigatedSnapshotTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private const string Documents =
        """
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: one, owner: o}
        spec: {wires: [openai-chat], baseUrl: "https://one.example/v1", credentials: [{env: A}, {env: B}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: two, owner: o}
        spec: {wires: [openai-chat], baseUrl: "https://two.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: three, owner: o}
        spec: {wires: [openai-chat], baseUrl: "https://three.example/v1", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: ModelRoute
        metadata: {name: best, owner: o}
        spec: {targets: [{provider: one}, {provider: two}, {provider: three}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: careful, owner: o}
        spec: {rules: [{id: no-commands, match: {classes: [command]}, effect: deny, because: No commands, tests: [{match: ls}, {notMatch: {call.class: edit, call.paths: [a]}}]}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: careful, owner: o}
        spec: {policy: careful, enforcement: shadow}
        """;

    private const string Allow = "- {id: edits, match: {classes: [edit]}, effect: allow, tests: [{match: {call.class: edit, call.paths: [a]}}, {notMatch: ls}]}";

    private readonly SnapshotHolder holder = new(SnapshotBuilder.Build(Load().Content));

    private string Order => string.Join(' ', holder.Current.Routes["best"].Targets.Select(static target => target.Provider));

    [Fact]
    public void A_provider_that_is_avoided_is_asked_last_and_stays_in_its_routes()
    {
        Mitigate(new Measure.AvoidProvider("one"));

        Order.ShouldBe("two three one");
    }

    [Fact]
    public void A_provider_that_is_preferred_is_asked_first_also_when_another_says_to_avoid_it()
    {
        Mitigate(new Measure.AvoidProvider("three"), new Measure.PreferProvider("best", "three"));

        Order.ShouldBe("three one two");
    }

    [Fact]
    public void Of_two_that_a_route_is_to_prefer_the_later_counts()
    {
        Mitigate(new Measure.PreferProvider("best", "two"), new Measure.PreferProvider("best", "three"));

        Order.ShouldBe("three one two");
    }

    [Fact]
    public void A_credential_that_rests_is_not_used_and_the_other_is()
    {
        Mitigate(new Measure.RestCredential("one", "env:A"));

        holder.Current.ProvidersByName["one"].Credentials.Select(static one => one.Source).ShouldBe(["env:B"]);
        holder.Current.Providers.Single(static one => one.Name == "one").Credentials.Length.ShouldBe(1);
    }

    [Fact]
    public void Read_only_refuses_what_changes_something_and_says_why_and_by_which_mitigation()
    {
        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.Allow);

        Mitigate(new Measure.ReadOnly());

        var edit = Judge(ToolClass.Edit);
        (edit.Effect, edit.Rule?.Binding.Policy, edit.Rule?.Rule.Because).ShouldBe((Effect.Deny, "mitigation:mit_0", "we are looking into it"));
        Judge(ToolClass.Read).Effect.ShouldBe(Effect.Allow);
    }

    [Fact]
    public void Classes_that_wait_for_a_yes_wait_for_their_chains()
    {
        Mitigate(new Measure.Ask([ToolClass.Command, ToolClass.Mcp], "leads"));

        var command = Judge(ToolClass.Command);
        (command.Effect, command.Rule?.Rule.Approval?.Chain).ShouldBe((Effect.RequireApproval, "leads"));
        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.Allow);
    }

    [Fact]
    public void A_policy_in_shadow_is_enforced_while_it_is_tightened()
    {
        Judge(ToolClass.Command).Effect.ShouldBe(Effect.Allow);

        Mitigate(new Measure.Tighten("careful"));

        Judge(ToolClass.Command).Effect.ShouldBe(Effect.Deny);
    }

    [Theory]
    [InlineData("allow", "")]
    [InlineData("require_approval", "approval: {chain: leads}, ")]
    public void A_policy_that_is_tightened_allows_nothing_that_the_release_refuses(string effect, string approval)
    {
        Serve(Rules.Defaults("{default: deny}"), Rules.Policy("milder", $"- {{id: edits, match: {{classes: [edit]}}, effect: {effect}, {approval}because: Edits are fine, tests: [{{match: {{call.class: edit, call.paths: [a]}}}}, {{notMatch: ls}}]}}"), Rules.Binding("milder", "shadow"));
        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.Deny);

        Mitigate(new Measure.Tighten("milder"));

        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.Deny);
    }

    [Fact]
    public void A_policy_that_allows_already_goes_on_allowing_when_it_is_tightened()
    {
        Serve(Rules.Defaults("{default: deny}"), Rules.Policy("milder", Allow + "\n- {id: pages, match: {classes: [browser]}, effect: deny, because: No, tests: [{match: {call.class: browser}}, {notMatch: ls}]}"), Rules.Binding("milder", "soft"));

        Mitigate(new Measure.Tighten("milder"));

        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.Allow);
    }

    [Fact]
    public void What_the_release_refuses_by_default_is_refused_also_where_a_mitigation_has_somebody_asked()
    {
        Serve(Rules.Defaults("{default: deny}"), Rules.Policy("edits", Allow), Rules.Binding("edits"));

        Mitigate(new Measure.Ask([ToolClass.Command, ToolClass.Edit], "leads"));

        Judge(ToolClass.Command).Effect.ShouldBe(Effect.Deny);
        Judge(ToolClass.Edit).Effect.ShouldBe(Effect.RequireApproval);
    }

    [Fact]
    public void A_release_that_comes_while_they_stand_is_served_with_them_and_without_them_it_is_as_released()
    {
        var released = holder.Current;
        Mitigate(new Measure.AvoidProvider("one"));

        holder.Publish(released with { });
        Order.ShouldBe("two three one");
        holder.Current.Digest.ShouldBe(released.Digest);

        holder.Mitigate(new(9, []));
        Order.ShouldBe("one two three");
    }

    /// <summary>The same, and some more documents.</summary>
    private void Serve(params string[] more) => holder.Publish(SnapshotBuilder.Build(Load(more).Content));

    private static LoadOutcome.Loaded Load(params string[] more) => Rules.Load([Documents + "\n" + Rules.Chain, .. more]) switch
    {
        LoadOutcome.Loaded loaded => loaded,
        var other => throw new InvalidOperationException(string.Join('\n', ((LoadOutcome.Rejected)other).Faults)),
    };

    private void Mitigate(params ReadOnlySpan<Measure> measures)
    {
        var all = ImmutableArray.CreateBuilder<Mitigation>();
        foreach (var measure in measures)
        {
            all.Add(new() { Id = $"mit_{all.Count}", Measure = measure, Reason = "we are looking into it", Run = "run_1", Step = $"step-{all.Count}", CreatedBy = "system:test", CreatedAt = noon, ExpiresAt = noon.AddHours(1) });
        }

        holder.Mitigate(new(1, all.ToImmutable()));
    }

    /// <summary>Effect, and the rule that decides.</summary>
    private (Effect Effect, BoundRule? Rule) Judge(ToolClass tool)
    {
        var policies = holder.Current.Policies;
        var verdict = policies.Judge(Rules.Call(new(tool)));
        return (verdict.Effect, verdict.Rule < 0 ? null : policies.Rules[verdict.Rule]);
    }
}
