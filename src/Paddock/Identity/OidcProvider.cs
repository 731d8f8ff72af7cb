using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Paddock.Core.Identity;
using Paddock.Settings;

namespace Paddock.Identity;

/// <summary>The company's identity provider: code flow with PKCE, state and nonce; ID tokens by signatures with its published keys only.</summary>
internal sealed class OidcProvider(OidcSettings settings, OidcClient client, ILogger<OidcProvider> logger) : IIdentityProvider
{
    private const int MostGroups = 1_000;

    /// <summary>Asymmetric only: with the others whoever knows the client's secret could write tokens.</summary>
    private static readonly string[] algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };

    public string? Name => settings.Name;

    public async Task<ExternalSignIn> BeginAsync(Uri redirect, CancellationToken cancellationToken)
    {
        var provider = await client.DiscoverAsync(seen: null, cancellationToken);
        var (state, nonce, verifier) = (Random(), Random(), Random());
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var request = new OpenIdConnectMessage
        {
            IssuerAddress = provider.AuthorizationEndpoint,
            ClientId = settings.ClientId,
            RedirectUri = redirect.AbsoluteUri,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = settings.Scope,
            State = state,
            Nonce = nonce,
        };
        request.SetParameter("code_challenge", challenge);
        request.SetParameter("code_challenge_method", "S256");
        return new(new(request.CreateAuthenticationRequestUrl()), redirect, state, nonce, verifier);
    }

    public async Task<ExternalPerson> CompleteAsync(ExternalSignIn begun, string code, string? issuer, CancellationToken cancellationToken)
    {
        var provider = await client.DiscoverAsync(seen: null, cancellationToken);
        if (issuer is not null ? issuer != provider.Issuer : provider.AuthorizationResponseIssParameterSupported)
        {
            throw new IdentityProviderException("The answer is of another identity provider, or does not say of which (RFC 9207 §2.4)."); // a mix-up
        }

        var answer = await client.TokenAsync(provider, begun, code, cancellationToken);
        var claims = await ClaimsOfAsync(provider, Text(answer, "id_token") ?? throw new IdentityProviderException("The identity provider gave no ID token."), begun.Nonce, cancellationToken);
        var subject = Text(claims, "sub") ?? throw new IdentityProviderException("The ID token names no subject.");
        JsonElement? info = null;
        if (provider.UserInfoEndpoint is { Length: > 0 } && Text(answer, "access_token") is { } access)
        {
            info = await client.UserInfoAsync(provider, access, cancellationToken);
            if (Text(info.Value, "sub") != subject)
            {
                throw new IdentityProviderException("User info is about somebody else than the ID token (OpenID Connect Core 1.0 §5.3.2).");
            }
        }

        return new(new(provider.Issuer, subject), NameIn(claims, info), GroupsIn(claims, info));
    }

    private async Task<JsonElement> ClaimsOfAsync(OpenIdConnectConfiguration provider, string idToken, string nonce, CancellationToken cancellationToken)
    {
        var result = await ValidateAsync(provider, idToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await ValidateAsync(await client.DiscoverAsync(provider, cancellationToken), idToken); // keys change
        }

        if (!result.IsValid)
        {
            Log.TokenNotBelieved(logger, result.Exception.GetType().Name);
            throw new IdentityProviderException($"The ID token is not to be believed ({result.Exception.GetType().Name}).");
        }

        var token = (JsonWebToken)result.SecurityToken;
        var claims = JsonElement.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        if (Text(claims, "nonce") is not { } said || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(nonce)))
        {
            throw new IdentityProviderException("The ID token is of another sign-in: its nonce is not ours.");
        }

        // OpenID Connect Core 1.0 §3.1.3.7, steps 4 and 5.
        var party = Text(claims, "azp");
        return (party is null && token.Audiences.Count() == 1) || party == settings.ClientId ? claims : throw new IdentityProviderException("The ID token was made for another client.");
    }

    private Task<TokenValidationResult> ValidateAsync(OpenIdConnectConfiguration provider, string idToken) => tokens.ValidateTokenAsync(idToken, new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = settings.ClientId,
        ValidAlgorithms = algorithms,
        IssuerSigningKeys = provider.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromMinutes(1),
    });

    /// <summary>A mail address counts once it is verified: at some providers people type any.</summary>
    private string? NameIn(JsonElement claims, JsonElement? info)
    {
        var (from, name) = Text(claims, settings.NameClaim) is { } own ? (claims, own) : info is { } more ? (more, Text(more, settings.NameClaim)) : (claims, null);
        return settings.NameClaim != "email" || (from.TryGetProperty("email_verified", out var verified) && verified.ValueKind is JsonValueKind.True) ? name : null;
    }

    private ImmutableArray<string> GroupsIn(JsonElement claims, JsonElement? info)
    {
        var from = claims.TryGetProperty(settings.GroupsClaim, out var own) ? own : info is { } more && more.TryGetProperty(settings.GroupsClaim, out var other) ? other : default;
        return from.ValueKind switch
        {
            JsonValueKind.Array => [.. from.EnumerateArray().Where(static group => group.ValueKind is JsonValueKind.String).Select(static group => group.GetString() ?? "").Take(MostGroups)],
            JsonValueKind.String => [from.GetString() ?? ""],
            _ => [],
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>256 bits in base64url: as verifier of PKCE 43 characters, the least that RFC 7636 §4.1 allows.</summary>
    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}
