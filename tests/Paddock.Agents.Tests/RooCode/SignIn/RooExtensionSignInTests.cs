using Paddock.Agents.RooCode.SignIn;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The address that takes a ticket back to the editor, to the letter: its handler takes this path alone.</summary>
public class RooExtensionSignInTests
{
    private const string State = "0123456789abcdef0123456789abcdef";

    private static readonly RooExtensionSignIn signIn = new(new(["my-editor://acme.roo-fork"]));

    [Theory]
    [InlineData("org_0123456789abcdef0123", "org_0123456789abcdef0123")]
    [InlineData(null, "null")]
    public void It_says_ticket_state_and_organization_or_that_there_is_none(string? organization, string said)
    {
        var asked = Ask(State).ShouldBeOfType<SignInQuestion.Asked>();

        signIn.Granted(asked, new(new("ps_ticket"), organization, DateTimeOffset.UnixEpoch))
            .ShouldBe($"vscode://RooVeterinaryInc.roo-cline/auth/clerk/callback?code=ps_ticket&state={State}&organizationId={said}");
        signIn.Denied(asked).ShouldBeNull("the editor has no word for a no");
    }

    [Fact]
    public void What_has_a_meaning_in_a_query_is_written_out() // its handler keeps a plus as a plus
    {
        var granted = signIn.Granted(Ask(State).ShouldBeOfType<SignInQuestion.Asked>(), new(new("a+b&c=d#e f"), "o+p&q", DateTimeOffset.UnixEpoch));

        granted.ShouldEndWith($"?code=a%2Bb%26c%3Dd%23e%20f&state={State}&organizationId=o%2Bp%26q");
    }

    [Fact]
    public void An_operators_own_program_is_asked_for_by_its_whole_name()
    {
        var asked = Ask(State, "MY-EDITOR://Acme.Roo-Fork").ShouldBeOfType<SignInQuestion.Asked>();

        asked.Return.ShouldBe("my-editor://acme.roo-fork");
        (asked.Request.Client, asked.Request.What, asked.Request.State).ShouldBe((SessionClient.Extension, "my-editor://acme.roo-fork", State));
        Ask(State, "my-editor://acme.other").ShouldBeOfType<SignInQuestion.Refused>().Message.ShouldContain("agents.rooRedirects");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("0123456789abcdef&code=mine")]
    [InlineData("0123456789abcdef+")]
    [InlineData("0123456789abcdéf")]
    public void A_state_that_is_none_is_refused(string? state) => Ask(state).ShouldBeOfType<SignInQuestion.Refused>().Message.ShouldContain("state");

    [Fact]
    public void So_is_one_that_is_longer_than_any()
    {
        Ask(new string('a', 128)).ShouldBeOfType<SignInQuestion.Asked>();
        Ask(new string('a', 129)).ShouldBeOfType<SignInQuestion.Refused>();
    }

    private static SignInQuestion Ask(string? state, string redirect = "vscode://RooVeterinaryInc.roo-cline") => signIn.Read(name => name switch
    {
        "state" => state,
        "auth_redirect" => redirect,
        _ => null,
    });
}
