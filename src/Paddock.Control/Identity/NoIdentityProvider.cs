using Paddock.Core.Identity;

namespace Paddock.Control.Identity;

/// <summary>Where people have local accounts.</summary>
internal sealed class NoIdentityProvider : IIdentityProvider
{
    public string? Name => null;

    public Task<ExternalSignIn> BeginAsync(Uri redirect, CancellationToken cancellationToken) => throw new IdentityProviderException("No identity provider is configured.");

    public Task<ExternalPerson> CompleteAsync(ExternalSignIn begun, string code, string? issuer, CancellationToken cancellationToken) => throw new IdentityProviderException("No identity provider is configured.");
}
