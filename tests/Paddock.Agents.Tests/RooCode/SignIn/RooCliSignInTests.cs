using Paddock.Agents.RooCode.SignIn;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Agents.Tests.RooCode.SignIn;

/// <summary>The command line's sign-in: what it asks, where the answer goes, and what its user is told at the end.</summary>
public class RooCliSignInTests
{
    private const string State = "0123456789abcdef0123456789abcdef", Callback = "http://127.0.0.1:49200/callback";

    private static readonly RooCliSignIn signIn = new();

    [Fact]
    public void A_yes_takes_the_token_to_its_own_port_and_a_no_takes_none()
    {
        var asked = Read(("state", State), ("callback", Callback)).ShouldBeOfType<SignInQuestion.Asked>();

        (asked.Request.Client, asked.Request.State, asked.Return).ShouldBe((SessionClient.Cli, State, Callback));
        signIn.Granted(asked, new(new("a.b.c+/="), "org_1", DateTimeOffset.UnixEpoch)).ShouldBe($"{Callback}?state={State}&token=a.b.c%2B%2F%3D");
        signIn.Denied(asked).ShouldBe($"{Callback}?state={State}&error=access_denied");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1024/callback", true)]
    [InlineData("http://127.0.0.1:65535/callback", true)]
    [InlineData("http://127.0.0.1:1023/callback", false)]
    [InlineData("http://127.0.0.1:65536/callback", false)]
    [InlineData("http://127.0.0.1:49200/elsewhere", false)]
    [InlineData("http://127.0.0.1:49200/callback?x=1", false)]
    [InlineData("http://127.0.0.1:49200/callback#x", false)]
    [InlineData("http://127.0.0.1:49200/../callback", false)]
    [InlineData("http://127.0.0.1:1@evil.example:2000/callback", false)]
    [InlineData("http://localhost:49200/callback", false)]
    [InlineData("http://[::1]:49200/callback", false)]
    [InlineData("https://127.0.0.1:49200/callback", false)]
    [InlineData("HTTP://127.0.0.1:49200/callback", false)]
    [InlineData("http://127.0.0.1.evil.example:49200/callback", false)]
    [InlineData("http://127.0.0.1/callback", false)]
    [InlineData("http://127.0.0.1:/callback", false)]
    [InlineData("http://127.0.0.1:+49200/callback", false)]
    [InlineData("http://127.0.0.1: 49200/callback", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_port_of_this_machine_is_asked_for(string? callback, bool asked) => (Read(("state", State), ("callback", callback)) is SignInQuestion.Asked).ShouldBe(asked);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abcdef&token=mine")]
    public void A_state_that_is_none_is_refused(string? state) => Read(("state", state), ("callback", Callback)).ShouldBeOfType<SignInQuestion.Refused>().Message.ShouldContain("state");

    [Theory]
    [InlineData("success", "true", "You are signed in", "has its token")]
    [InlineData("error", "missing-token", "You are not signed in", "got no token")]
    [InlineData("error", "invalid-state-parameter", "You are not signed in", "not for this sign-in")]
    [InlineData("error", "error-in-callback", "You are not signed in", "could not take the answer")]
    [InlineData("error", "<b>evil", "You are not signed in", "could not take the answer")]
    public void At_the_end_its_user_is_told_how_it_went_in_our_words(string name, string value, string title, string message)
    {
        var told = Read((name, value), ("message", "<b>evil")).ShouldBeOfType<SignInQuestion.Told>();

        told.Title.ShouldBe(title);
        told.Message.ShouldContain(message);
        told.Message.ShouldNotContain("evil");
    }

    private static SignInQuestion Read(params (string Name, string? Value)[] query) => signIn.Read(name => query.FirstOrDefault(one => one.Name == name).Value);
}
