using Paddock.Core.Audit.Payloads;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;

namespace Paddock.Core.Tests.Releases;

/// <summary>How long kept content stays, as documents say it.</summary>
public class RetentionPolicyTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_class_has_its_own_time_or_that_of_all_others_and_forever_is_a_word()
    {
        var content = Load("content: {keep: 90d, classes: {incident: 400d, evidence: forever}}").ShouldBeOfType<LoadOutcome.Loaded>().Content;
        var rules = SnapshotBuilder.Build(content).Retention;

        rules.Of("content").ShouldBe(TimeSpan.FromDays(90));
        rules.Of("incident").ShouldBe(TimeSpan.FromDays(400));
        rules.Of("evidence").ShouldBeNull();
        rules.Of(KeyClasses.Names).ShouldBeNull();
        rules.Due("content", noon).ShouldBe(new() { Class = "content", KeptBefore = noon.AddDays(-90) });
        rules.Due("evidence", noon).ShouldBeNull();
    }

    [Fact]
    public void Classes_that_nobody_names_stay_where_there_is_no_time_for_all()
    {
        var rules = Load("content: {classes: {incident: 1d}}").ShouldBeOfType<LoadOutcome.Loaded>().Content.Retention;

        rules.Of("content").ShouldBeNull();
        rules.IsEmpty.ShouldBeFalse();
        RetentionRules.None.IsEmpty.ShouldBeTrue();
        Load("content: {keep: forever}").ShouldBeOfType<LoadOutcome.Loaded>().Content.Retention.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_key_is_over_when_the_last_moment_of_its_month_is_kept_no_longer()
    {
        var rules = new RetentionRules { Others = TimeSpan.FromDays(10) };
        var key = DataKeyId.Create("content", noon, new byte[8]);

        rules.IsOver(key, new(2026, 4, 10, 23, 59, 59, TimeSpan.Zero)).ShouldBeFalse();
        rules.IsOver(key, new(2026, 4, 11, 0, 0, 0, TimeSpan.Zero)).ShouldBeTrue();
        rules.IsOver(DataKeyId.Create(KeyClasses.Names, noon, new byte[8]), DateTimeOffset.MaxValue).ShouldBeFalse();
        RetentionRules.None.IsOver(key, DateTimeOffset.MaxValue).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{}", "spec.content", "required")]
    [InlineData("content: {}", "spec.content", "how long content stays")]
    [InlineData("content: {keep: 30}", "spec.content.keep", "number")]
    [InlineData("content: {keep: 0d}", "spec.content.keep", "write days")]
    [InlineData("content: {keep: 40000d}", "spec.content.keep", "write days")]
    [InlineData("content: {keep: 1y}", "spec.content.keep", "'forever'")]
    [InlineData("content: {classes: {incident: soon}}", "spec.content.classes.incident", "write days")]
    [InlineData("content: {classes: {Top Secret: 1d}}", "spec.content.classes.Top Secret", "lower-case")]
    [InlineData("content: {classes: {names: 1d}}", "spec.content.classes.names", "is not 'names'")]
    [InlineData("content: {keep: 1d, clases: {a: 1d}}", "spec.content.clases", "no field of this name")]
    public void What_says_something_else_is_refused_with_its_key(string spec, string key, string says)
    {
        var faults = Load(spec).ShouldBeOfType<LoadOutcome.Rejected>().Faults;

        faults.ShouldContain(fault => fault.Key == key && fault.Message.Contains(says, StringComparison.Ordinal), string.Join('\n', faults));
    }

    [Fact]
    public void There_is_at_most_one()
    {
        var faults = ReleaseLoader.Load([File("a", "content: {keep: 1d}"), File("b", "content: {keep: 2d}")]).ShouldBeOfType<LoadOutcome.Rejected>().Faults;

        faults.ShouldHaveSingleItem().Message.ShouldStartWith("A release has at most one RetentionPolicy document");
    }

    private static LoadOutcome Load(string spec) => ReleaseLoader.Load([File("content", spec)]);

    private static SourceFile File(string name, string spec) => new(name + ".yaml", $$"""
        apiVersion: paddock/v1alpha1
        kind: RetentionPolicy
        metadata: {name: {{name}}, owner: privacy}
        spec: {{(spec == "{}" ? spec : "{" + spec + "}")}}
        """);
}
