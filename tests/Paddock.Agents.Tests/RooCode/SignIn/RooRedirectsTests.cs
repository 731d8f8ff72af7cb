using Paddock.Agents.RooCode.SignIn;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>What an operator may add to the programs that get tickets: an editor and its extension, whole, and no page.</summary>
public class RooRedirectsTests
{
    [Theory]
    [InlineData("vscode://publisher.name", true)]
    [InlineData("my-editor://publisher.name", true)]
    [InlineData("HTTPS://a.b", false)]
    [InlineData("https://a.b", false)]
    [InlineData("JavaScript://a.b", false)]
    [InlineData("vscode://publisher", false)]
    [InlineData("vscode://publisher.name/path", false)]
    [InlineData("vscode://a@publisher.name", false)]
    [InlineData("vscode://publisher.name:80", false)]
    [InlineData("vscode://one.two.three", false)]
    [InlineData("://publisher.name", false)]
    [InlineData("", false)]
    public void It_is_a_scheme_of_an_editors_own_and_one_extension(string redirect, bool allowed) => RooRedirects.MayBeAllowed(redirect).ShouldBe(allowed);
}
