using Paddock.Core.Alerts;

namespace Paddock.Core.Tests.Alerts;

public class FailureBoundaryTests
{
    [Fact]
    public void The_part_that_holds_nearly_all_that_went_wrong_and_least_else_is_named()
    {
        var cases = Cases(20, bad: true, ("model", "gpt-5"), ("team", "payments")).Concat(Cases(30, bad: false, ("model", "gpt-5"), ("team", "web"))).Concat(Cases(50, bad: false, ("model", "o4"), ("team", "web")));

        var found = FailureBoundary.Find([.. cases]).ShouldNotBeNull();

        (found.Part, found.Value, found.BadShare, found.TotalShare).ShouldBe(("team", "payments", 1, 0.2));
    }

    [Fact]
    public void When_all_is_affected_alike_nothing_is_named() =>
        FailureBoundary.Find([.. Cases(20, bad: true, ("model", "gpt-5")), .. Cases(20, bad: true, ("model", "o4"))]).ShouldBeNull();

    [Fact]
    public void A_part_that_is_most_of_everything_explains_nothing() =>
        FailureBoundary.Find([.. Cases(70, bad: true, ("model", "gpt-5")), .. Cases(30, bad: false, ("model", "o4"))]).ShouldBeNull();

    [Fact]
    public void Of_few_cases_nothing_is_said() =>
        FailureBoundary.Find([.. Cases(4, bad: true, ("team", "payments")), .. Cases(96, bad: false, ("team", "web"))]).ShouldBeNull();

    private static IEnumerable<BoundaryCase> Cases(int count, bool bad, params (string Name, string Value)[] parts) =>
        Enumerable.Repeat(new BoundaryCase(bad, [.. parts.Select(static part => KeyValuePair.Create(part.Name, part.Value))]), count);
}
