using Paddock.Core.Releases;
using Paddock.Core.Tasks;
using Paddock.Core.Tests.Policies;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tasks;

/// <summary>docs/policies.md says what is kept of a task.</summary>
public class DocumentedTaskTests
{
    private static readonly string text = File.ReadAllText(RepositoryFolder.Of("docs", "policies.md"));

    [Fact]
    public void Every_place_where_secrets_lie_is_documented() =>
        SecretPaths.Folders.Concat(SecretPaths.Names).Concat(SecretPaths.Ends).Concat(SecretPaths.Samples).Where(place => !text.Contains($"`{place}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void The_rules_that_are_shown_can_be_copied()
    {
        var begin = text.LastIndexOf("```yaml", text.IndexOf("name: small-tasks", StringComparison.Ordinal), StringComparison.Ordinal) + "```yaml".Length;
        var shown = text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];

        Rules.Load("---\n" + shown).ShouldBeOfType<LoadOutcome.Loaded>();
    }
}
