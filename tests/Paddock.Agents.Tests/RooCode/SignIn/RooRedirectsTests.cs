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
    [InlineData("vscode://publisher.name", true)]
    [InlineData("my-editor://acme.roo-fork", true)]
    [InlineData("My.Editor+2://Acme_1.roo-fork", true)]
    [InlineData("http://a.b", false)]
    [InlineData("https://a.b", false)]
    [InlineData("HTTPS://a.b", false)]
    [InlineData("hTTp://a.b", false)]
    [InlineData("javascript://a.b", false)]
    [InlineData("JavaScript://a.b", false)]
    [InlineData("vbscript://a.b", false)]
    [InlineData("data://a.b", false)]
    [InlineData("Data://a.b", false)]
    [InlineData("file://a.b", false)]
    [InlineData("blob://a.b", false)]
    [InlineData("about://a.b", false)]
    [InlineData("ftp://a.b", false)]
    [InlineData("ws://a.b", false)]
    [InlineData("WSS://a.b", false)]
    [InlineData("view-source://a.b", false)]
    [InlineData("2editor://a.b", false)]
    [InlineData("my editor://a.b", false)]
    [InlineData("my_editor://a.b", false)]
    [InlineData("éditeur://a.b", false)]
    [InlineData("vscode://publisher", false)]
    [InlineData("vscode://publisher.", false)]
    [InlineData("vscode://.name", false)]
    [InlineData("vscode://one.two.three", false)]
    [InlineData("vscode://publisher.name/path", false)]
    [InlineData("vscode://publisher.name?x", false)]
    [InlineData("vscode://publisher.name#x", false)]
    [InlineData("vscode://publisher.name:80", false)]
    [InlineData("vscode://a@publisher.name", false)]
    [InlineData("vscode://publisher.näme", false)]
    [InlineData("vscode://publisher.name\r\n", false)]
    [InlineData("vscode://publisher.name://x", false)]
    [InlineData("vscode://", false)]
    [InlineData("vscode:publisher.name", false)]
    [InlineData("://publisher.name", false)]
    [InlineData("publisher.name", false)]
    [InlineData(" ", false)]
    [InlineData("", false)]
    public void It_is_a_scheme_of_an_editors_own_and_one_extension(string redirect, bool allowed) => RooRedirects.MayBeAllowed(redirect).ShouldBe(allowed);
}
