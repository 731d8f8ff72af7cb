using Paddock.Core.Releases;

namespace Paddock.Core.Tests.Releases;

public class SourceRulesTests
{
    private const string Good = "apiVersion: paddock/v1alpha1\nkind: Release\nmetadata: {name: r, owner: o}\nspec: {}\n";

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    [InlineData("\uFEFF")]
    public void A_file_that_says_nothing_is_a_fault_because_what_it_was_to_say_would_be_missing_silently(string text)
    {
        var faults = ReleaseLoader.Load([new("release.yaml", Good), new("empty.yaml", text)]).ShouldBeOfType<LoadOutcome.Rejected>().Faults;

        faults.Single().ToString().ShouldStartWith("empty.yaml:0: This file is empty.");
    }

    [Fact]
    public void A_file_of_comments_says_nothing_on_purpose() =>
        ReleaseLoader.Load([new("release.yaml", Good), new("notes.yaml", "# nothing yet\n")]).ShouldBeOfType<LoadOutcome.Loaded>();
}
