using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;

namespace Paddock.Core.Tests.Policies;

/// <summary>How much of a call is kept.</summary>
public class AuditLevelTests
{
    private const string Some = """
        - {id: make, match: {commands: [[make]]}, effect: allow, audit: {level: request, class: builds}}
        - {id: install, match: {commands: [[make, install]]}, effect: allow, audit: {level: request_response}}
        - {id: looks, match: {classes: [read], paths: {any: ['infra/**']}}, effect: allow, audit: {level: metadata}}
        - {id: quiet, match: {classes: [read]}, effect: allow, audit: {level: none}}
        """;

    [Theory]
    [InlineData("shadow")]
    [InlineData("enforce")]
    public void The_most_that_a_rule_asks_for_is_kept_however_firmly_it_is_bound(string enforcement)
    {
        var set = Rules.Set(Rules.Policy("p", Some), Rules.Binding("p", enforcement));

        set.AuditOf(Rules.Command("make"), mutating: true).ShouldBe(new(AuditLevel.Request, "builds"));
        set.AuditOf(Rules.Command("make install"), mutating: true).ShouldBe(new(AuditLevel.RequestResponse, "content"));
        set.AuditOf(Rules.Command("ls"), mutating: true).ShouldBe(new(AuditLevel.Metadata, "content"));
        set.AuditOf(Rules.Call(new(ToolClass.Read) { Paths = ["infra/a"] }), mutating: false).Level.ShouldBe(AuditLevel.Metadata);
        set.AuditOf(Rules.Call(new(ToolClass.Read) { Paths = ["src/a"] }), mutating: false).Level.ShouldBe(AuditLevel.None);
    }

    [Fact]
    public void A_call_that_changes_something_is_never_below_metadata_whatever_its_class() =>
        Rules.Set(Rules.Policy("p", Some), Rules.Binding("p")).AuditOf(Rules.Call(new(ToolClass.Read)), mutating: true).Level.ShouldBe(AuditLevel.Metadata);

    [Theory]
    [InlineData("make > out.txt")]
    [InlineData("cd x && make")]
    [InlineData("eval make")]
    [InlineData("$TOOL install")]
    public void What_may_be_what_an_allow_rule_names_is_kept_although_the_rule_does_not_take_it(string line)
    {
        var set = Rules.Set(Rules.Policy("p", "- {id: make, match: {commands: [[make]], modes: [code]}, effect: allow, audit: {level: request}}"), Rules.Binding("p"), Rules.Defaults("{default: deny}"));
        var call = Rules.Command(line, facts => facts.Set(Fact.TaskMode, "code"));

        set.Say(call).ShouldBe("Deny");
        set.AuditOf(call, mutating: true).Level.ShouldBe(AuditLevel.Request);
    }

    [Fact]
    public void A_rule_whose_binding_is_off_or_that_is_not_there_keeps_nothing()
    {
        Rules.Set(Rules.Policy("p", Some), Rules.Binding("p", "off")).AuditOf(Rules.Command("make"), mutating: true).ShouldBe(RuleAudit.OfMutating);
        PolicySet.Empty.AuditOf(Rules.Command("make"), mutating: true).ShouldBe(RuleAudit.OfMutating);
        PolicySet.Empty.AuditOf(Rules.Call(new(ToolClass.Read)), mutating: false).ShouldBe(RuleAudit.OfReading);
    }

    [Theory]
    [InlineData("effect: allow, audit: {level: none}", "audit: Calls that may change something are always in the audit log", "metadata")]
    [InlineData("match: {classes: [read, edit]}, effect: allow, audit: {level: none}", "audit: Calls that may change something", "metadata")]
    [InlineData("effect: allow, audit: request", "audit: Expected", "")]
    [InlineData("effect: allow, audit: {level: everything}", "audit.level: Expected one of", "")]
    [InlineData("effect: allow, audit: {class: x}", "audit.level", "")]
    [InlineData("effect: allow, audit: {level: metadata, class: x}", "audit.class: Nothing is kept by 'level: metadata'", "")]
    [InlineData("effect: allow, audit: {level: request, class: names}", "audit.class: A class of content", "")]
    [InlineData("effect: allow, audit: {level: request, class: 'Top Secret'}", "audit.class: A class of content", "")]
    [InlineData("effect: allow, audit: {level: request, keep: 30d}", "audit.keep: There is no field of this name", "")]
    public void What_cannot_be_kept_so_refuses_the_release(string rule, string says, string suggestion)
    {
        var faults = Rules.Faults(Rules.Policy("p", $"- {{id: a, {rule}}}"), Rules.Binding("p"));

        faults.ShouldContain(fault => fault.StartsWith("spec.rules[0]." + says, StringComparison.Ordinal) && fault.EndsWith(suggestion, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Fact]
    public void A_rule_that_keeps_content_is_reached_although_another_decides_all_its_calls() =>
        Rules.Faults(
            Rules.Policy("p", "- {id: all, match: {commands: [[git]]}, effect: deny, tests: [{match: git push}]}\n- {id: kept, match: {commands: [[git, push]]}, effect: allow, audit: {level: request}}"),
            Rules.Binding("p")).ShouldBeEmpty();
}
