using System.Collections.Immutable;
using Paddock.Core.Incidents;

namespace Paddock.Core.Tests.Incidents;

public class ClosingRulesTests
{
    private static readonly Postmortem approved = Troubled.Whole with { ApprovedBy = "usr_bob", ApprovedAt = Troubled.Noon };

    [Theory]
    [InlineData(IncidentSeverity.Sev1)]
    [InlineData(IncidentSeverity.Sev2)]
    public void A_grave_one_is_closed_when_its_postmortem_is_approved_and_its_finding_became_a_test(IncidentSeverity severity)
    {
        Missing(Troubled.Resolved(severity, approved)).ShouldBeEmpty();
        Missing(Troubled.Resolved(severity)).ShouldBe([new IncidentRefusal.NoPostmortem()]);
        Missing(Troubled.Resolved(severity, Troubled.Whole)).ShouldBe([new IncidentRefusal.PostmortemNotApproved()]);
        Missing(Troubled.Resolved(severity, approved) with { Status = IncidentStatus.Mitigated }).ShouldHaveSingleItem().ShouldBeOfType<IncidentRefusal.WrongStatus>();
    }

    [Fact]
    public void A_small_one_is_closed_without_a_postmortem_but_promises_nothing_that_nobody_keeps()
    {
        Missing(Troubled.Resolved(IncidentSeverity.Sev3)).ShouldBeEmpty();
        Missing(Troubled.Resolved(IncidentSeverity.Sev4, new() { Summary = "s" })).ShouldBeEmpty();
        Missing(Troubled.Resolved(IncidentSeverity.Sev3, new() { Actions = [new() { Text = "Look again.", Kind = ActionKind.Doc }] })).ShouldBe([new IncidentRefusal.ActionLacks(1, "owner"), new IncidentRefusal.ActionLacks(1, "due date")]);
    }

    [Fact]
    public void All_that_is_missing_is_said_at_once()
    {
        Missing(Troubled.Resolved(postmortem: new() { Summary = "s", Actions = [Troubled.Test with { Owner = null }, new() { Text = "Write it down.", Owner = "usr_ada", Due = Troubled.Noon }] })).ShouldBe(
        [
            new IncidentRefusal.PostmortemNotApproved(), new IncidentRefusal.SectionMissing("impact"), new IncidentRefusal.SectionMissing("causes"), new IncidentRefusal.ActionLacks(1, "owner"),
            new IncidentRefusal.ActionLacks(2, "kind (test, policy, runbook, doc)"),
        ]);
        Missing(Troubled.Resolved(postmortem: approved with { Actions = [] })).ShouldBe([new IncidentRefusal.NoActions(), new IncidentRefusal.NoTest()]);
    }

    [Fact]
    public void A_test_proves_something_when_it_failed_before_and_passed_after()
    {
        TestProof?[] none = [null, new("", "run-17", "run-18"), new("RouteTests.None", " ", "run-18"), new("RouteTests.None", "run-17", ""), new("RouteTests.None", "run-17", "run-17")];

        foreach (var proof in none)
        {
            Missing(Troubled.Resolved(IncidentSeverity.Sev1, approved with { Actions = [Troubled.Test with { Test = proof }] })).ShouldBe([new IncidentRefusal.NoTest()]);
        }

        Missing(Troubled.Resolved(postmortem: approved with { Actions = [Troubled.Test with { Kind = ActionKind.Doc }] })).ShouldBe([new IncidentRefusal.NoTest()]);
    }

    [Fact]
    public void Whoever_said_that_it_matters_less_does_not_close_it()
    {
        var lowered = After(After(Troubled.New(), new IncidentCommand.SetSeverity(IncidentSeverity.Sev4, "small"), "usr_ada"), new IncidentCommand.SetSeverity(IncidentSeverity.Sev3, "a little"), "usr_bob");
        var again = After(lowered, new IncidentCommand.SetSeverity(IncidentSeverity.Sev1, "large"), "usr_ada");

        Missing(lowered with { Status = IncidentStatus.Resolved }, "usr_ada").ShouldBe([new IncidentRefusal.OwnSeverity()]);
        Missing(lowered with { Status = IncidentStatus.Resolved }, "usr_bob").ShouldBeEmpty(); // never let it be less than it was
        Missing(again with { Status = IncidentStatus.Resolved }, "usr_ada").ShouldBe([new IncidentRefusal.NoPostmortem()]);
    }

    private static Incident After(Incident incident, IncidentCommand command, string by) =>
        IncidentMachine.Apply(incident, command, by, Troubled.Noon.AddMinutes(1)).ShouldBeOfType<IncidentOutcome.Changed>().Incident;

    private static ImmutableArray<IncidentRefusal> Missing(Incident incident, string by = "usr_eve") => ClosingRules.Missing(incident, by);
}
