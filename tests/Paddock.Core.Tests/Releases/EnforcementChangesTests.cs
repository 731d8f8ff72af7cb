using Paddock.Core.Releases;
using Paddock.Core.Tests.Policies;

namespace Paddock.Core.Tests.Releases;

public class EnforcementChangesTests
{
    private const string Push = """
        - id: push
          match: {commands: [[git, push]]}
          effect: deny
          tests: [{match: git push}]
        """;

    private static readonly string policy = Rules.Policy("git", Push);

    [Theory]
    [InlineData("enforce", "shadow", "PolicyBinding git: enforce → shadow")]
    [InlineData("shadow", "enforce", "PolicyBinding git: shadow → enforce")]
    [InlineData("enforce", "off", "PolicyBinding git: enforce → off")]
    public void Another_enforcement_is_a_change_whichever_way(string before, string after, string told) =>
        Between([policy, Rules.Binding("git", before, name: "git")], [policy, Rules.Binding("git", after, name: "git")]).ShouldBe([told]);

    [Fact]
    public void A_binding_that_is_gone_or_bound_elsewhere_is_a_change()
    {
        var bound = new[] { policy, Rules.Binding("git", "enforce", name: "git") };

        Between(bound, [Rules.Policy("git", Push), Rules.Binding("git", "enforce", name: "other")]).ShouldBe(["PolicyBinding git: enforce → gone"]);
        Between(bound, [policy, Rules.Binding("git", "enforce", "scope: {teams: [core, web]}", "git")]).ShouldBe(["PolicyBinding git, scope: everybody → teams[core, web]"]);
        Between(bound, [policy, Rules.Binding("git", "enforce", "overridable: true", "git")]).ShouldBe(["PolicyBinding git, overridable: false → true"]);
    }

    [Fact]
    public void Other_defaults_for_tools_are_a_change() =>
        Between([Rules.Defaults("{default: allow, command: deny}")], [Rules.Defaults("{default: allow, edit: deny}")]).ShouldBe(["defaults.tools.command: deny → allow", "defaults.tools.edit: allow → deny"], ignoreOrder: true);

    [Fact]
    public void Rules_and_new_bindings_and_what_was_off_are_none()
    {
        var milder = Rules.Policy("git", Push.Replace("git push", "git push --force", StringComparison.Ordinal).Replace("[git, push]", "[git, push, --force]", StringComparison.Ordinal));

        Between([policy, Rules.Binding("git", name: "git")], [milder, Rules.Binding("git", name: "git")]).ShouldBeEmpty();
        Between([], [policy, Rules.Binding("git", name: "git")]).ShouldBeEmpty();
        Between([policy, Rules.Binding("git", "off", name: "git")], []).ShouldBeEmpty();
    }

    private static IEnumerable<string> Between(string[] before, string[] after) => EnforcementChanges.Between(Content(before), Content(after)).Select(change => change.ToString());

    private static ReleaseContent Content(string[] documents) => Rules.Load(documents).ShouldBeOfType<LoadOutcome.Loaded>().Content;
}
