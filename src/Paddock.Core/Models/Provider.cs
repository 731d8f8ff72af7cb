using System.Collections.Immutable;
using Paddock.Core.Identity;

namespace Paddock.Core.Models;

/// <summary>How a credential is put on an upstream request.</summary>
public enum AuthScheme
{
    /// <summary><c>Authorization: Bearer …</c></summary>
    Bearer,
    /// <summary><c>x-api-key: …</c></summary>
    ApiKey,
    /// <summary>A header named by <see cref="ProviderAuth.Header"/> holds the bare credential.</summary>
    Header,
    /// <summary>Nothing is sent.</summary>
    None,
}

/// <param name="Scheme">How the credential is sent.</param>
/// <param name="Header">Header name, for <see cref="AuthScheme.Header"/> only.</param>
public sealed record ProviderAuth(AuthScheme Scheme, string? Header = null);

/// <summary>What happens upstream when the client goes away in mid-answer.</summary>
public enum AbortHandling
{
    /// <summary>Cancel at once and charge a floor.</summary>
    Cancel,
    /// <summary>Read on to the usage frame (bounded), so that the charge is exact.</summary>
    Drain,
}

/// <summary>A credential of a provider, by reference: the document names where it is, never what it is.</summary>
/// <param name="Source"><c>env:NAME</c> or <c>file:PATH</c>.</param>
/// <param name="NotAfter">After this moment it is no longer used (overlap when rotating); null = no end.</param>
public sealed record CredentialReference(string Source, DateTimeOffset? NotAfter = null);

/// <summary>Time limits of calls to one provider.</summary>
public sealed record ProviderTimeouts
{
    /// <summary>TCP and TLS. Default 10 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Request sent to answer head. Default 300 s (long thinking before a non-streamed answer).</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Silence between two reads of an answer. Default 300 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(300);
}

/// <summary>A model provider, as its <c>Provider</c> document says. Immutable; part of the snapshot.</summary>
public sealed record Provider
{
    public required string Name { get; init; }

    public required ImmutableArray<Wire> Wires { get; init; }

    /// <summary>Base address. For OpenAI wires it includes <c>/v1</c>, for Anthropic's it does not. Without a trailing slash.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Path (and query) appended to <see cref="BaseUrl"/> per wire when it is not the usual one.</summary>
    public ImmutableDictionary<Wire, string> Paths { get; init; } = ImmutableDictionary<Wire, string>.Empty;

    public ProviderAuth Auth { get; init; } = new(AuthScheme.Bearer);

    /// <summary>The first one that is still valid and can be read is used; a 401 or 403 moves to the next (rotation with overlap).</summary>
    public ImmutableArray<CredentialReference> Credentials { get; init; } = [];

    /// <summary>Headers set on every upstream request, for example <c>api-version</c>.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Explicit HTTP proxy; the ambient one is never used.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>PEM bundle that is trusted instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM certificate and key for mutual TLS.</summary>
    public ClientCertificate? ClientCert { get; init; }

    public ProviderTimeouts Timeouts { get; init; } = new();

    public AbortHandling OnAbort { get; init; } = AbortHandling.Cancel;

    /// <summary>Provider id in the price file; null = found by the base address, else by name.</summary>
    public string? PriceProvider { get; init; }

    /// <summary>Path below <see cref="BaseUrl"/> for a wire: the override or the protocol's own.</summary>
    public string PathFor(Wire wire) => Paths.TryGetValue(wire, out var path) ? path : wire switch
    {
        Wire.OpenAiChat => "/chat/completions",
        Wire.OpenAiResponses => "/responses",
        _ => "/v1/messages",
    };
}

/// <param name="CertFile">PEM certificate chain.</param>
/// <param name="KeyFile">PEM private key.</param>
public sealed record ClientCertificate(string CertFile, string KeyFile);
