namespace Paddock.Agents.Tests;

public class RepositoryUrlTests
{
    [Theory]
    [InlineData("https://github.com/acme/widgets.git", "https://github.com/acme/widgets.git")]
    [InlineData("https://user:token@GitHub.com/acme/widgets.git?x=1#y", "https://github.com/acme/widgets.git")]
    [InlineData("http://git.example.com:8080/acme/widgets", "https://git.example.com/acme/widgets")]
    [InlineData("ssh://git@git.example.com:2222/acme/widgets.git", "https://git.example.com/acme/widgets.git")]
    [InlineData("git@github.com:acme/widgets.git", "https://github.com/acme/widgets.git")]
    public void A_remote_becomes_one_form_without_credentials(string remote, string clean) => RepositoryUrl.Clean(remote).ShouldBe(clean);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/srv/git/widgets.git")]
    [InlineData("../widgets")]
    [InlineData("file:///srv/git/widgets.git")]
    [InlineData("C:\\git\\widgets")]
    [InlineData("git@:x")]
    [InlineData("https://github.com/")]
    public void What_names_no_host_names_no_repository(string? remote) => RepositoryUrl.Clean(remote).ShouldBeNull();
}
