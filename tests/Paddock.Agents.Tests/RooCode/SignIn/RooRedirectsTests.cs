using Paddock.Agents.RooCode.SignIn;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The programs that get tickets, each a whole editor and extension: those on the list, and what an operator may add to it.</summary>
public class RooRedirectsTests
{
    private const string Official = "vscode://RooVeterinaryInc.roo-cline";

    public static TheoryData<string, string> Known => new(
        from editor in new[] { "vscode", "vscode-insiders", "vscodium", "cursor", "windsurf", "positron", "trae", "kiro", "antigravity", "code-oss" }
        from extension in new[] { "RooVeterinaryInc.roo-cline", "RooVeterinaryInc.roo-code-nightly", "ZooCodeOrganization.zoo-code" }
        select (editor, extension));

    [Theory, MemberData(nameof(Known))]
    public void Roo_code_and_zoo_code_are_known_in_the_usual_editors_in_our_own_spelling(string editor, string extension)
    {
        var (redirects, redirect) = (new RooRedirects([]), $"{editor}://{extension}");

        foreach (var sent in new[] { redirect, redirect.ToLowerInvariant(), redirect.ToUpperInvariant() })
        {
            redirects.Find(sent).ShouldNotBeNull(sent).Redirect.ShouldBe(redirect);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" " + Official)]
    [InlineData(Official + " ")]
    [InlineData(Official + "/")]
    [InlineData(Official + "/elsewhere")]
    [InlineData(Official + "?x=1")]
    [InlineData(Official + "#x")]
    [InlineData(Official + ":80")]
    [InlineData(Official + "@evil.example")]
    [InlineData(Official + ".evil")]
    [InlineData(Official + "\0")]
    [InlineData("evil@" + Official)]
    [InlineData("vscode://user@RooVeterinaryInc.roo-cline")]
    [InlineData("vscode://RooVeterinaryInc.roo-clin")]
    [InlineData("vscode://RooVeterinaryInc")]
    [InlineData("vscode:RooVeterinaryInc.roo-cline")]
    [InlineData("vscode:///RooVeterinaryInc.roo-cline")]
    [InlineData("vscode://evil.roo-cline")]
    [InlineData("evil://RooVeterinaryInc.roo-cline")]
    [InlineData("https://RooVeterinaryInc.roo-cline")]
    [InlineData("javascript://RooVeterinaryInc.roo-cline")]
    [InlineData("my-editor://acme.roo-fork")]
    public void Nothing_else_is(string? sent) => new RooRedirects([]).Find(sent).ShouldBeNull();

    [Fact]
    public void An_operators_own_is_known_beside_them_and_called_by_its_name()
    {
        var redirects = new RooRedirects(["my-editor://acme.roo-fork", "VSCODE://rooveterinaryinc.ROO-CLINE"]);

        redirects.Find("my-editor://acme.roo-fork").ShouldBe(("my-editor://acme.roo-fork", "my-editor://acme.roo-fork"));
        redirects.Find("my-editor://acme.other").ShouldBeNull();
        redirects.Find(Official).ShouldBe((Official, "Roo Code in Visual Studio Code"));
    }

    [Theory]
    [InlineData("vscode://publisher.name")]
    [InlineData("my-editor://acme.roo-fork")]
    [InlineData("My.Editor+2://Acme_1.roo-fork")]
    public void An_operator_may_add_a_scheme_of_an_editors_own_with_one_extension(string redirect) => RooRedirects.MayBeAllowed(redirect).ShouldBeTrue();

    [Theory]
    [InlineData("http://a.b")]
    [InlineData("https://a.b")]
    [InlineData("HTTPS://a.b")]
    [InlineData("hTTp://a.b")]
    [InlineData("javascript://a.b")]
    [InlineData("JavaScript://a.b")]
    [InlineData("vbscript://a.b")]
    [InlineData("data://a.b")]
    [InlineData("Data://a.b")]
    [InlineData("file://a.b")]
    [InlineData("blob://a.b")]
    [InlineData("about://a.b")]
    [InlineData("ftp://a.b")]
    [InlineData("ws://a.b")]
    [InlineData("WSS://a.b")]
    [InlineData("view-source://a.b")]
    [InlineData("2editor://a.b")]
    [InlineData("my editor://a.b")]
    [InlineData("my_editor://a.b")]
    [InlineData("éditeur://a.b")]
    [InlineData("vscode://publisher")]
    [InlineData("vscode://publisher.")]
    [InlineData("vscode://.name")]
    [InlineData("vscode://one.two.three")]
    [InlineData("vscode://publisher.name/path")]
    [InlineData("vscode://publisher.name?x")]
    [InlineData("vscode://publisher.name#x")]
    [InlineData("vscode://publisher.name:80")]
    [InlineData("vscode://a@publisher.name")]
    [InlineData("vscode://publisher.näme")]
    [InlineData("vscode://publisher.name\r\n")]
    [InlineData("vscode://publisher.name://x")]
    [InlineData("vscode://")]
    [InlineData("vscode:publisher.name")]
    [InlineData("://publisher.name")]
    [InlineData("publisher.name")]
    [InlineData(" ")]
    [InlineData("")]
    public void And_nothing_that_a_browser_opens_itself_or_that_is_not_whole(string redirect) => RooRedirects.MayBeAllowed(redirect).ShouldBeFalse();
}
