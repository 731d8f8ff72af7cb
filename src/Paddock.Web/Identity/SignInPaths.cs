using Paddock.Control.Identity;

namespace Paddock.Web.Identity;

/// <summary>Where people come in and go out.</summary>
internal static class SignInPaths
{
    public const string SignIn = "/sign-in", SignOut = "/sign-out", Provider = InvitePerson.ProviderPage, Callback = "/sign-in/callback", Device = "/device";
}
