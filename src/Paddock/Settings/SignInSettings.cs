using Paddock.Control.Identity;
using Paddock.Core.Identity;

namespace Paddock.Settings;

/// <summary>How people sign in.</summary>
internal sealed record SignInSettings
{
    /// <summary>What people call the organization.</summary>
    public string Organization { get; init; } = "Paddock";

    /// <summary>The company's identity provider; null = people have local accounts.</summary>
    public OidcSettings? Oidc { get; init; }

    public ExternalSignInRules Rules { get; init; } = new();

    public SessionLifetimes Lifetimes { get; init; } = new();

    /// <summary>Further programs that Roo Code's sign-in may lead back to.</summary>
    public IReadOnlyList<string> RooRedirects { get; init; } = [];
}
