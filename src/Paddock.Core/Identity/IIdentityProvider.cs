using System.Collections.Immutable;

namespace Paddock.Core.Identity;

/// <summary>The company's identity provider, spoken to in OpenID Connect.</summary>
public interface IIdentityProvider
{
    /// <summary>What people read on the button; null when there is none, and people have local accounts.</summary>
    string? Name { get; }

    /// <summary>Begins a sign-in: an authorization request with code flow, PKCE (RFC 7636, S256), state and nonce.</summary>
    /// <param name="redirect">Where the provider sends the browser back to.</param>
    /// <exception cref="IdentityProviderException">It cannot be reached.</exception>
    Task<ExternalSignIn> BeginAsync(Uri redirect, CancellationToken cancellationToken);

    /// <summary>Changes the code for an ID token and checks it: signature, issuer, audience, times and nonce (OpenID Connect Core 1.0 §3.1.3.7).</summary>
    /// <param name="issuer">Parameter <c>iss</c> of the answer (RFC 9207); null when it has none.</param>
    /// <exception cref="IdentityProviderException">It cannot be reached, or what it says is not to be believed.</exception>
    Task<ExternalPerson> CompleteAsync(ExternalSignIn begun, string code, string? issuer, CancellationToken cancellationToken);
}

/// <summary>A sign-in that was begun: what must come back, and what must not leave the browser that began it.</summary>
/// <param name="Address">Where the browser is sent.</param>
/// <param name="Verifier">PKCE's code verifier.</param>
public sealed record ExternalSignIn(Uri Address, Uri Redirect, string State, string Nonce, string Verifier);

/// <summary>Somebody as the identity provider knows them.</summary>
/// <param name="Name">By the claim that the settings name; null when it is not there, or not proved.</param>
public sealed record ExternalPerson(ExternalId Id, string? Name, ImmutableArray<string> Groups);

/// <summary>The identity provider let nobody in: what went wrong, in words for whoever signs in and for the server's log.</summary>
public sealed class IdentityProviderException(string message, Exception? inner = null) : Exception(message, inner);
