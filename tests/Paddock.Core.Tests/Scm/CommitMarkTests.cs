using Paddock.Core.Scm;

namespace Paddock.Core.Tests.Scm;

public class CommitMarkTests
{
    [Fact]
    public void Commits_are_found_in_what_git_prints() => CommitMarks.In(
        """
        [main 1a2b3c4] Add the till
         2 files changed, 10 insertions(+)
        [feature/x (root-commit) 0123456789ab] Begin
        [main 1a2b3c4] Add the till
        """).ShouldBe(["1a2b3c4", "0123456789ab"]);

    [Theory]
    [InlineData("a [main 1a2b3c4] in the middle of a line")]
    [InlineData("[main] 1a2b3c4")]
    [InlineData("[main 1A2B3C4] upper case")]
    [InlineData("[main abc] short")]
    [InlineData("")]
    public void Nothing_else_is_a_commit(string output) => CommitMarks.In(output).ShouldBeEmpty();

    [Fact]
    public void A_message_names_what_it_takes_back()
    {
        CommitMarks.Reverted("Revert \"Add the till\"\n\nThis reverts commit 1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d.").ShouldBe(["1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d"]);
        CommitMarks.RevertedChanges("Reverts acme/shop#12\nReverts #13", "acme/till").ShouldBe(["acme/till#13"]);
        CommitMarks.RevertedChanges("Reverts acme/till#14", "acme/till").ShouldBe(["acme/till#14"]);
        CommitMarks.RevertedChanges("It does not say: Reverts #13", "acme/till").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1A2B3C4", "1a2b3c4")]
    [InlineData("1a2b3c", null)]
    [InlineData("main", null)]
    [InlineData(null, null)]
    public void A_hash_is_hexadecimal_and_long_enough(string? text, string? expected) => CommitMarks.Hash(text).ShouldBe(expected);
}
