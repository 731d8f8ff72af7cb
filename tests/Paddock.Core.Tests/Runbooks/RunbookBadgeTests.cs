using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Core.Tests.Runbooks;

/// <summary>Whether a runbook can be trusted.</summary>
public sealed class RunbookBadgeTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    private static Runbook Runbook => ShippedRunbooks.All.Single(static one => one.Name == "provider-degradation");

    [Fact]
    public void One_that_was_never_rehearsed_is_never() => Of(null).ShouldBe(RunbookBadge.Never);

    [Fact]
    public void One_whose_last_drill_passed_lately_is_verified() => Of(Drill()).ShouldBe(RunbookBadge.Verified);

    [Fact]
    public void One_whose_last_drill_failed_is_failing() => Of(Drill() with { Lines = [new("alert", false, "never")] }).ShouldBe(RunbookBadge.Failing);

    [Fact]
    public void One_that_was_changed_since_is_stale() => Of(Drill() with { Digest = "other" }).ShouldBe(RunbookBadge.Stale);

    [Fact]
    public void One_whose_drill_is_older_than_it_may_be_is_stale()
    {
        Of(Drill() with { At = noon - Runbook.Drill.MaxAge }).ShouldBe(RunbookBadge.Verified);
        Of(Drill() with { At = noon - Runbook.Drill.MaxAge - TimeSpan.FromSeconds(1) }).ShouldBe(RunbookBadge.Stale);
    }

    [Theory]
    [InlineData("1.0.0", RunbookBadge.Verified)]
    [InlineData("1.9.3-rc.1", RunbookBadge.Verified)]
    [InlineData("2.0.0", RunbookBadge.Stale)]
    public void One_that_another_major_version_rehearsed_is_stale(string version, RunbookBadge badge) => Of(Drill() with { Version = version }).ShouldBe(badge);

    [Fact]
    public void Comments_quotes_and_the_order_of_keys_make_no_other_text_of_it_and_a_word_does()
    {
        var one = Document("hold: 30m, start: auto").Digest;

        Document("start: 'auto', hold: \"30m\"").Digest.ShouldBe(one);
        Document("hold: 31m, start: auto").Digest.ShouldNotBe(one);
    }

    private static RunbookBadge Of(DrillResult? last) => RunbookBadges.Of(Runbook, last, "1.4.0", noon);

    private static DrillResult Drill() => new() { Id = "drl_1", Runbook = Runbook.Name, Digest = Runbook.Digest, Version = "1.2.0", At = noon.AddDays(-1), Lines = [new("alert", true, "")] };

    private static Runbook Document(string more) => ShippedRunbooks.Read($$"""
        # a comment
        apiVersion: paddock/v1alpha1
        kind: Runbook
        metadata: {name: own, owner: us}
        spec: {guide: {trigger: a, hypothesis: a, immediate: a, control: a, verification: a, rollback: a, communication: a, learning: a}, steps: [{id: changes, do: changes.list, with: {window: 2h} }], {{more}}, drill: {faults: [provider_down], until: 40m, expect: {alertWithin: 6m, incidentWithin: 7m, mitigatedWithin: 20m, seen: [change_listed]} } }
        """);
}
