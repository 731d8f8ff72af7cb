using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Runbooks;

/// <summary>Reading <c>Runbook</c> documents: every fault names its place and what helps.</summary>
public sealed class RunbookDocumentTests
{
    private const string Guide = "guide: {trigger: a, hypothesis: a, immediate: a, control: a, verification: a, rollback: a, communication: a, learning: a}";
    private const string Drill = "drill: {faults: [provider_down], until: 40m, expect: {alertWithin: 6m, incidentWithin: 7m, mitigatedWithin: 20m, seen: [change_listed]} }";
    private const string Step = "- {id: changes, do: changes.list, with: {window: 2h} }";

    public static TheoryData<string, string, string> Faulty => new()
    {
        { Guide, "- {id: a, do: provider.avoyd, with: {provider: x} }", "spec.steps[0].do: Expected one of" },
        { Guide, "- {id: a, do: provider.avoid, with: {provider: nobody} }", "There is no Provider 'nobody'" },
        { Guide, "- {id: a, do: provider.avoid, with: {provider: \"${prvider}\"} }", "uses 'prvider', which no parameter is called" },
        { Guide, "- {id: a, do: provider.avoid }", "spec.steps[0].with: This field is required." },
        { Guide, "- {id: a, do: check }", "A check says what must be so." },
        { Guide, "- {id: a, do: contain, with: {} }", "Name at least one of user, agent, task and model." },
        { Guide, "- {id: a, do: calls.shed, with: {calls: all, retryAfter: 30s} }", "Expected one of subagents, large" },
        { Guide, "- {id: a, do: tools.ask, with: {classes: [edits], chain: nobody} }", "Expected one of other, command, edit" },
        { Guide, "- {id: a, do: check, verify: {measure: route_success, atLeast: 95} }", "route_success is a share: between 0 and 1." },
        { Guide, "- {id: a, do: check, verify: {measure: route_success} }", "Say 'atLeast' or 'atMost'." },
        { Guide, "- {id: a, do: changes.list, with: {window: 2h} }\n  - {id: a, do: changes.list, with: {window: 2h} }", "Two steps are called 'a'." },
        { Guide + "\n  parameters: [{name: which}, {name: which, usual: x}]", Step, "Two parameters are called 'which'." },
        { Guide, "- {id: a, do: people.tell, with: {text: \"one\\ntwo\"} }", "spec.steps[0].with.text: It is one line of up to 300 characters." },
        { Guide, "- {id: a, do: contain }", "spec.steps[0].with: This field is required." },
        { Guide, "- {id: a/b, do: changes.list, with: {window: 2h} }", "spec.steps[0].id: It begins with a letter or digit" },
        { Guide + "\n  parameters: [{name: \"a b\", usual: x}]", Step, "spec.parameters[0].name: It begins with a letter or digit" },
        { Guide, "- {id: a, do: check, verify: {measure: mutations, over: 90s, atMost: 2} }", "spec.steps[0].verify.over: It is counted by the minute" },
        { Guide, "- {id: a, do: check, verify: {measure: mutations, atLeast: 3, atMost: 2} }", "spec.steps[0].verify.atLeast: Nothing is at least this" },
        { Guide, "- {id: a, do: check, verify: {measure: open_alerts, of: nobody, atMost: 0} }", "There is no AlertRule 'nobody'" },
        { Guide, "- {id: a, do: people.tell, with: {text: \"of ${which\"} }", "spec.steps[0].with.text: A ${ has no } that ends it" },
        { Guide, "- {id: a, do: check, verify: {measure: mutations, of: \"${which\", atMost: 2} }", "spec.steps[0].verify.of: A ${ has no } that ends it" },
        { Guide + "\n  start: auto\n  parameters: [{name: which, usual: x}, {name: other}]", Step, "spec.parameters[1].from: No alert says it, so the runbook never begins by itself as start: auto has it." },
        { Guide + "\n  start: assisted\n  parameters: [{name: which}]", Step, "spec.parameters[0].from: No alert says it" },
        { "guide: {trigger: a}", Step, "spec.guide.learning: This field is required." },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_is_told_with_its_place_and_remedy(string guide, string steps, string fault) => string.Join('\n', Faults(guide, steps, Drill)).ShouldContain(fault);

    [Fact]
    public void A_runbook_without_a_drill_is_none() => string.Join('\n', Faults(Guide, Step, "hold: 1h")).ShouldContain("spec.drill: This field is required.");

    [Fact]
    public void A_name_that_differs_from_a_shipped_ones_in_case_alone_is_refused() =>
        ReleaseLoader.Load([new("a.yaml", Document(Guide, Step, Drill).Replace("name: backlog", "name: Backlog", StringComparison.Ordinal))]).ShouldBeOfType<LoadOutcome.Rejected>().Faults.ShouldHaveSingleItem().Message.ShouldStartWith("Paddock ships a Runbook 'backlog'");

    [Fact]
    public void What_is_right_is_taken_and_holds_instead_of_a_shipped_one_of_its_name()
    {
        Faults(Guide, Step, Drill).ShouldBeEmpty();
        var content = ((LoadOutcome.Loaded)ReleaseLoader.Load([new("a.yaml", Document(Guide, Step, Drill))])).Content;
        var inForce = Core.Snapshot.SnapshotBuilder.Build(content).Runbooks;
        (inForce.Length, inForce.Single(static one => one.Name == "backlog").Owner).ShouldBe((ShippedRunbooks.All.Length, "us"));
    }

    private static IReadOnlyList<string> Faults(string guide, string steps, string drill) =>
        ReleaseLoader.Load([new("a.yaml", Document(guide, steps, drill))]) is LoadOutcome.Rejected rejected ? [.. rejected.Faults.Select(static fault => $"{fault.Key}: {fault.Message}")] : [];

    private static string Document(string guide, string steps, string drill) => $$"""
        apiVersion: paddock/v1alpha1
        kind: Runbook
        metadata: {name: backlog, owner: us}
        spec:
          {{guide}}
          steps:
          {{steps}}
          {{drill}}
        """;
}
