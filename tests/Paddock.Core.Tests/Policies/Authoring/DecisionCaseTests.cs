using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Policies.Authoring;

public class DecisionCaseTests
{
    private static readonly Lazy<PolicySet> set = new(() => Rules.Set(
        Rules.Chain,
        Rules.Policy("git", """
            - {id: push, match: {commands: [[git, push]]}, when: key.environment == 'prod', effect: require_approval, approval: {chain: leads}, tests: [{match: git push, with: {key.environment: prod}}]}
            - {id: code, match: {commands: [[git]], modes: [code]}, effect: allow}
            """),
        Rules.Binding("git"),
        Rules.Policy("soft", "- {id: rm, match: {commands: [[rm]]}, effect: deny, tests: [{match: rm a}]}"),
        Rules.Binding("soft", "soft"),
        Rules.Defaults("{default: allow, command: deny, edit: require_approval, approval: {chain: leads}}")));

    [Theory]
    [InlineData("git status => deny defaults")]
    [InlineData("git status => deny")]
    [InlineData("task.mode=code git status => deny")]
    [InlineData("key.pins=mode task.mode=code git status => allow git/code")]
    [InlineData("key.environment=prod git push origin main => require_approval git/push")]
    [InlineData("rm a => soft_deny soft/rm")]
    [InlineData("call.class=edit call.paths=src/a.cs,src/b.cs => require_approval defaults")]
    [InlineData("call.tool=\"a tool\" user.teams=core,web => allow")]
    [InlineData("A=b git log --format='=> x' => deny")]
    public void A_case_that_holds_says_nothing(string line) => Failure(line).ShouldBeNull();

    [Theory]
    [InlineData("git status => allow", "deny defaults")]
    [InlineData("rm a => deny", "soft_deny soft/rm")]
    [InlineData("rm a => soft_deny git/push", "soft_deny soft/rm")]
    [InlineData("tsk.mode=code ls => deny", "tsk.mode: There is no fact of this name; docs/policies.md lists them. Did you mean 'task.mode'?")]
    [InlineData("key.pins=task ls => deny", "key.pins: There is no fact of this name; docs/policies.md lists them.")]
    [InlineData("call.argv=ls ls => deny", "call.argv: This is read from a command line")]
    public void A_case_that_does_not_hold_says_what_came(string line, string came) => Failure(line).ShouldNotBeNull().ShouldStartWith(came);

    [Theory]
    [InlineData("git status")]
    [InlineData("git status => forbid")]
    [InlineData("git status => deny git/push because")]
    public void A_line_that_is_no_case_is_a_fault_with_its_place(string line)
    {
        var faults = new List<ReleaseFault>();

        DecisionCase.Read(new("a.cases", "# what holds\n\n" + line), faults.Add).ShouldBeEmpty();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith("a.cases:3: Expected 'facts and command line => decision'");
    }

    private static string? Failure(string line) => DecisionCase.Read(new("a.cases", line), fault => throw new InvalidOperationException(fault.ToString())).Single().Failure(set.Value);
}
