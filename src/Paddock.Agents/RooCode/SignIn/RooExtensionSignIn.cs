using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Agents.RooCode.SignIn;

/// <summary>Roo Code's and Zoo Code's sign-in from an editor: the browser comes with a state and takes a ticket back (extension 3.52.1).</summary>
internal sealed class RooExtensionSignIn(RooRedirects redirects) : ISignInClient
{
    private const int ShortestState = 8, LongestState = 128;

    public IReadOnlyList<string> Paths { get; } = ["/roo/extension/sign-in", "/roo/extension/provider-sign-up", "/roo/l/{slug}"];

    public SignInQuestion Read(Func<string, string?> query)
    {
        if (redirects.Find(query("auth_redirect")) is not { } known)
        {
            return new SignInQuestion.Refused("This sign-in would lead to a program that is not on the list here. If it is your editor, ask whoever runs Paddock to add it (agents.rooRedirects).");
        }

        return query("state") is { } state && IsState(state)
            ? new SignInQuestion.Asked(new(SessionClient.Extension, known.What, state), known.Redirect)
            : new SignInQuestion.Refused("The editor's request has no proper state. Begin again in the editor.");
    }

    public string Granted(SignInQuestion.Asked question, SessionGrant grant) =>
        $"{question.Return}/auth/clerk/callback?code={Uri.EscapeDataString(grant.Code.Reveal())}&state={Uri.EscapeDataString(question.Request.State)}&organizationId={Uri.EscapeDataString(grant.Organization ?? "null")}";

    public string? Denied(SignInQuestion.Asked question) => null;

    internal static bool IsState(string state) => state.Length is >= ShortestState and <= LongestState && state.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
