using System.Globalization;
using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>Sign-in of Roo Code's command line (0.1.17): the browser takes the token to a port of the same machine, and comes back to be told how it went.</summary>
internal sealed class RooCliSignIn : ISignInClient
{
    private const string Before = "http://127.0.0.1:", Behind = "/callback";
    private const int LowestPort = 1_024;

    public IReadOnlyList<string> Paths { get; } = ["/roo/cli/sign-in"];

    public SignInQuestion Read(Func<string, string?> query)
    {
        if (query("success") is not null)
        {
            return new SignInQuestion.Told("You are signed in", "The command line has its token. You can close this window.");
        }

        if (query("error") is { } error)
        {
            return new SignInQuestion.Told("You are not signed in", error switch
            {
                "missing-token" => "The command line got no token. Try again: roo auth login.",
                "invalid-state-parameter" => "The answer was not for this sign-in; perhaps an older one was still open. Try again: roo auth login.",
                _ => "The command line could not take the answer. Try again: roo auth login.",
            });
        }

        if (CallbackOf(query("callback")) is not { } callback)
        {
            return new SignInQuestion.Refused("This sign-in would lead elsewhere than to this machine's own command line. Begin again: roo auth login.");
        }

        return query("state") is { } state && RooExtensionSignIn.IsState(state)
            ? new SignInQuestion.Asked(new(SessionClient.Cli, "Roo Code's command line on this machine", state), callback)
            : new SignInQuestion.Refused("The command line's request has no proper state. Begin again: roo auth login.");
    }

    public string Granted(SignInQuestion.Asked question, SessionGrant grant) => $"{question.Return}?state={Uri.EscapeDataString(question.Request.State)}&token={Uri.EscapeDataString(grant.Code.Reveal())}";

    public string? Denied(SignInQuestion.Asked question) => $"{question.Return}?state={Uri.EscapeDataString(question.Request.State)}&error=access_denied";

    /// <summary>Put together from the port alone: nothing else of what was sent is used.</summary>
    private static string? CallbackOf(string? sent) =>
        sent is not null && sent.StartsWith(Before, StringComparison.Ordinal) && sent.EndsWith(Behind, StringComparison.Ordinal) && sent.Length > Before.Length + Behind.Length
        && ushort.TryParse(sent.AsSpan(Before.Length..^Behind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port >= LowestPort
            ? Before + port.ToString(CultureInfo.InvariantCulture) + Behind
            : null;
}
