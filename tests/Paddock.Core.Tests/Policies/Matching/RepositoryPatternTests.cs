using Paddock.Core.Policies.Matching;

namespace Paddock.Core.Tests.Policies.Matching;

public class RepositoryPatternTests
{
    [Theory]
    [InlineData("payments/**", "https://git.example/payments/api", true)]
    [InlineData("payments/**", "https://git.example/Payments/api/web.git", true)]
    [InlineData("payments/**", "payments/api", true)]
    [InlineData("payments/*", "payments/api", true)]
    [InlineData("payments/*", "payments/api/web", false)]
    [InlineData("payments/**", "https://git.example/web/payments", false)]
    [InlineData("payments/**", "payments", false)]
    [InlineData("git.example/**", "https://git.example/web/x", true)]
    [InlineData("git.example/payments/api", "https://git.example/payments/api.git/", true)]
    [InlineData("**/api", "https://git.example/payments/api", true)]
    [InlineData("**/api", "payments/apis", false)]
    [InlineData("**", "anything", true)]
    public void A_repository_is_told_with_and_without_its_host(string pattern, string repository, bool takes) => new RepositoryPattern(pattern).Matches(repository).ShouldBe(takes);
}
