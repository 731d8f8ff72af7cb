using Paddock.Control.Alerts.Judging;
using Paddock.Core.Alerts;

namespace Paddock.Control.Tests.Alerts;

/// <summary>Numbers in an alert's sentence.</summary>
public class AlertTextTests
{
    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(12.5, "12.5")]
    [InlineData(3, "3")]
    [InlineData(1_500_000, "1,500,000")]
    [InlineData(0.1, "0.1")]
    public void A_limit_is_shown_as_its_rule_says_it(double limit, string shown) => AlertText.Limit(limit).ShouldBe(shown);

    [Theory]
    [InlineData(0.99, "99 %")]
    [InlineData(0.995, "99.5 %")]
    [InlineData(0.9999, "99.99 %")]
    public void An_objective_is_shown_as_its_document_says_it(double objective, string shown) => AlertText.Objective(objective).ShouldBe(shown);

    [Theory]
    [InlineData("incidents", "1", "incident")]
    [InlineData("incidents", "1.5", "incidents")]
    [InlineData("incidents", "11", "incidents")]
    [InlineData("%", "1", "%")]
    public void One_of_several_is_one(string unit, string number, string shown) => AlertText.Unit(unit, number).ShouldBe(shown);

    [Theory]
    [InlineData(0.26, 0.25, "0.3")]
    [InlineData(0.22, 0.2, "0.22")]
    [InlineData(12.4, 12, "12.4")]
    [InlineData(1_234, 1_000, "1,234")]
    public void A_value_beyond_its_limit_is_not_rounded_back_to_it(double value, double limit, string shown) =>
        AlertText.Beyond(value, new AlertCondition.Threshold(Gauge.DiskFree, limit, null, default).IsMetBy).ShouldBe(shown);
}
