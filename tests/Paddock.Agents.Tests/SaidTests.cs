namespace Paddock.Agents.Tests;

public class SaidTests
{
    [Theory]
    [InlineData("codex_exec/0.169.0 (Debian 12.0.0; x86_64)", "0.169.0")]
    [InlineData("GeminiCLI-tui/0.61.0/gemini-3-pro", "0.61.0")]
    [InlineData("opencode/1.18.33", "1.18.33")]
    [InlineData("opencode/", null)]
    [InlineData("opencode", null)]
    [InlineData("a/1234567890123456789012345678901234567890x", null)]
    [InlineData(null, null)]
    public void The_version_is_what_follows_the_product(string? userAgent, string? version) => Said.Version(userAgent).ShouldBe(version);

    [Fact]
    public void A_name_is_trimmed_printable_and_of_reasonable_size()
    {
        Said.Name("  s-1 ").ShouldBe("s-1");
        Said.Name(" ").ShouldBeNull();
        Said.Name("a\nb").ShouldBeNull();
        Said.Name("a\u0085b").ShouldBeNull();
        Said.Name(new('a', 200)).ShouldNotBeNull();
        Said.Name(new('a', 201)).ShouldBeNull();
    }
}
