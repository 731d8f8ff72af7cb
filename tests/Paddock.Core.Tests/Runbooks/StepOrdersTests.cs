using Paddock.Core.Runbooks;

namespace Paddock.Core.Tests.Runbooks;

/// <summary>Parameters in what steps say.</summary>
public class StepOrdersTests
{
    private static readonly Dictionary<string, string> words = new(StringComparer.Ordinal) { ["tool"] = "${person}", ["person"] = "ada", ["a"] = "${", ["b"] = "tool}" };

    [Theory]
    [InlineData("${tool} of ${person}", "${person} of ada")]
    [InlineData("${person} and ${tool}, ${person}", "ada and ${person}, ada")]
    [InlineData("${a}${b}", "${tool}")]
    [InlineData("no parameter, $5 {or so}", "no parameter, $5 {or so}")]
    public void What_a_parameter_says_is_taken_as_it_is(string text, string filled) => StepOrders.Fill(text, words).ShouldBe(filled);

    [Theory]
    [InlineData("${person", true)]
    [InlineData("${person} and ${", true)]
    [InlineData("${person} and $5 }", false)]
    [InlineData("", false)]
    public void A_use_without_an_end_is_found(string text, bool unclosed) => StepOrders.IsUnclosed(text).ShouldBe(unclosed);
}
