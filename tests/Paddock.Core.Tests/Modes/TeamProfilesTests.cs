using CsCheck;
using Paddock.Core.Modes;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Releases;
using Paddock.Core.Tests.Policies;
using Paddock.Core.Tools;
using static Paddock.Core.Tests.Modes.ModeDocuments;

namespace Paddock.Core.Tests.Modes;

/// <summary>Which team profile holds for whom.</summary>
public class TeamProfilesTests
{
    private static readonly string[] people = ["ada", "bob", "cyd"];
    private static readonly string[] teams = ["core", "web", "ops"];

    [Fact]
    public void A_name_comes_before_a_team_a_team_before_everybody_and_the_higher_priority_first()
    {
        var profiles = new TeamProfiles(
            [
                new() { Name = "everybody" }, new() { Name = "core", Teams = ["core"] }, new() { Name = "careful", Teams = ["payroll"], Priority = 100 },
                new() { Name = "bobs", Users = ["Bob"] },
            ],
            []);

        profiles.Of(Person("cyd"))?.Name.ShouldBe("everybody");
        profiles.Of(Person("cyd", "core"))?.Name.ShouldBe("core");
        profiles.Of(Person("cyd", "core", "payroll"))?.Name.ShouldBe("careful");
        profiles.Of(Person("bob", "core", "payroll"))?.Name.ShouldBe("bobs");
        TeamProfiles.None.Of(Person("cyd")).ShouldBeNull();
    }

    /// <summary>Settings are given by person, rules are found by facts: both must mean the same profile.</summary>
    [Fact]
    public void The_rules_that_hold_for_a_person_are_those_of_their_profile_and_of_no_other()
    {
        var some = Gen.Select(Gen.OneOfConst(people).Array[0, 2], Gen.OneOfConst(teams).Array[0, 2], Gen.Int[0, 3]);
        Gen.Select(some.Array[0, 5], Gen.OneOfConst(people), Gen.OneOfConst(teams).HashSet[0, 3]).Sample((drawn, person, member) =>
        {
            var everybody = false;
            var made = drawn.Select((each, i) => new TeamProfile { Name = $"p{i}", Users = [.. each.Item1.Distinct()], Teams = [.. each.Item2.Distinct()], Priority = each.Item3, Approvals = [new(ToolClass.Edit, new($"chain-{i}"))] })
                .Where(profile => !profile.IsForEverybody || (!everybody && (everybody = true))).ToArray();
            var profiles = new TeamProfiles(made, []);
            var (policies, bindings) = ModeRules.Of(profiles);
            var set = new PolicySet(policies, bindings, ToolDefaults.Pilot);
            var subject = Rules.Call(new(ToolClass.Edit) { Paths = ["a"] }, facts => Tell(facts, null, "write", person, [.. member.Count == 0 ? ["none"] : member]));

            var expected = profiles.Of(Person(person, [.. member]));

            set.Say(subject).ShouldBe(expected is null ? "Allow" : $"RequireApproval team-profile:{expected.Name}/approve-edit");
            set.Explain(subject).Rules.Count(rule => rule.Stage is MatchStage.Matched).ShouldBe(expected is null ? 0 : 1);
        });
    }

    [Fact]
    public void A_profile_that_is_gone_or_for_others_changes_how_firmly_rules_are_bound()
    {
        var before = Load(Profile("a", "for: {teams: [core]}"), Profile("b", "for: {users: [ada]}"), Profile("c", "output: x"));
        var after = Load(Profile("a", "for: {teams: [web]}"), Profile("c", "output: x\npriority: 3"), Profile("d", "for: {teams: [new]}"));

        Between(before, after).ShouldBe(
            ["TeamProfile a, for: teams[core] → teams[web]", "TeamProfile b: principals[ada] → gone", "TeamProfile c, priority: 0 → 3"]);
        Between(before, before).ShouldBeEmpty();
    }

    private static IEnumerable<string> Between(ReleaseContent before, ReleaseContent after) =>
        EnforcementChanges.Between(before, after).Select(change => change.ToString());

    private static ReleaseContent Load(params string[] documents) => Rules.Load(documents).ShouldBeOfType<LoadOutcome.Loaded>().Content;
}
