using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Paddock.Core.Identity;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.Identity;

/// <summary>Talks to the identity provider: discovery with its keys, the token endpoint, user info.</summary>
internal sealed class OidcClient : IDisposable
{
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    /// <summary>How long discovery is believed, and how soon it is read again for a key that nobody has seen: whoever sends such tokens must not make us ask each time.</summary>
    private static readonly TimeSpan lasts = TimeSpan.FromHours(12), soonest = TimeSpan.FromSeconds(1);

    private readonly OidcSettings settings;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Discovered? discovered;

    public OidcClient(OidcSettings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        http = GuardedSocket.Client(patience, settings.CaFile);
        http.MaxResponseContentBufferSize = MostBytes;
    }

    /// <param name="seen">What was found before and is not enough, because a token names a key that is not in it; null = whatever is known.</param>
    /// <exception cref="IdentityProviderException">It cannot be reached, or is another than the settings name.</exception>
    public async Task<OpenIdConnectConfiguration> DiscoverAsync(OpenIdConnectConfiguration? seen, CancellationToken cancellationToken)
    {
        if (Known(seen) is { } known)
        {
            return known;
        }

        await reading.WaitAsync(cancellationToken);
        try
        {
            return Known(seen) ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>RFC 6749 §4.1.3 with RFC 7636 §4.5.</summary>
    public Task<JsonElement> TokenAsync(OpenIdConnectConfiguration provider, ExternalSignIn begun, string code, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = begun.Redirect.AbsoluteUri,
            ["client_id"] = settings.ClientId,
            ["code_verifier"] = begun.Verifier,
        };
        var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        if (settings.ClientSecret is { } secret)
        {
            var known = provider.TokenEndpointAuthMethodsSupported;
            if (known.Contains("client_secret_post") && !known.Contains("client_secret_basic"))
            {
                form["client_secret"] = secret.Reveal();
            }
            else
            {
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret.Reveal())}")));
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return AskAsync(request, "token endpoint", cancellationToken);
    }

    /// <summary>OpenID Connect Core 1.0 §5.3.</summary>
    public Task<JsonElement> UserInfoAsync(OpenIdConnectConfiguration provider, string accessToken, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, provider.UserInfoEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return AskAsync(request, "user info", cancellationToken);
    }

    public void Dispose()
    {
        http.Dispose();
        reading.Dispose();
    }

    private OpenIdConnectConfiguration? Known(OpenIdConnectConfiguration? seen) =>
        discovered is { } last && time.GetElapsedTime(last.At) is var age && age < lasts && (last.What != seen || age < soonest) ? last.What : null;

    private async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var retriever = new HttpDocumentRetriever(http) { RequireHttps = settings.Issuer.Scheme == Uri.UriSchemeHttps };
            var found = await OpenIdConnectConfigurationRetriever.GetAsync(settings.Issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration", retriever, cancellationToken);
            if (found.Issuer?.TrimEnd('/') != settings.Issuer.AbsoluteUri.TrimEnd('/'))
            {
                throw new IdentityProviderException("The identity provider's discovery names another issuer than the settings.");
            }

            discovered = new(found, time.GetTimestamp());
            return found;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidOperationException or ArgumentException or JsonException)
        {
            throw new IdentityProviderException("The identity provider's discovery cannot be read.", fault);
        }
    }

    private async Task<JsonElement> AskAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        using var asked = request;
        try
        {
            using var answer = await http.SendAsync(asked, cancellationToken);
            var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            var json = JsonElement.Parse(body);
            return answer.IsSuccessStatusCode && json.ValueKind is JsonValueKind.Object ? json : throw new IdentityProviderException($"The identity provider's {what} answered {(int)answer.StatusCode} {Error(json)}");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IdentityProviderException($"The identity provider's {what} could not be asked.", fault);
        }
    }

    /// <summary>RFC 6749 §5.2: a short word of a closed set; what else stands there is not passed on.</summary>
    private static string Error(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String && error.GetString() is { Length: < 60 } word && word.All(letter => char.IsAsciiLetterLower(letter) || letter == '_') ? word : "";

    /// <param name="At">Timestamp of when it was read.</param>
    private sealed record Discovered(OpenIdConnectConfiguration What, long At);
}
