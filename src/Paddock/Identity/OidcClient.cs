using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Paddock.Core.Identity;
using Paddock.Notifications;
using Paddock.Settings;

namespace Paddock.Identity;

/// <summary>Talks to the identity provider: discovery and its keys (read again when a token names another), the token endpoint, user info.</summary>
internal sealed class OidcClient : IDisposable
{
    private const int MostBytes = 1 << 20;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly OidcSettings settings;
    private readonly HttpClient http;

    public OidcClient(OidcSettings settings)
    {
        this.settings = settings;
        http = GuardedSocket.Client(patience, settings.CaFile);
        http.MaxResponseContentBufferSize = MostBytes;
        Configuration = new(settings.Issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = settings.Issuer.Scheme == Uri.UriSchemeHttps })
        {
            // A key that nobody has seen makes it look again, at most this often: a provider may change keys at once.
            RefreshInterval = TimeSpan.FromSeconds(5),
        };
    }

    public ConfigurationManager<OpenIdConnectConfiguration> Configuration { get; }

    /// <exception cref="IdentityProviderException">It cannot be reached, or is another than the settings name.</exception>
    public async Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await Configuration.GetConfigurationAsync(cancellationToken);
            return string.Equals(found.Issuer, settings.Issuer.OriginalString, StringComparison.Ordinal) || string.Equals(found.Issuer.TrimEnd('/'), settings.Issuer.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
                ? found
                : throw new IdentityProviderException("The identity provider's discovery names another issuer than the settings.");
        }
        catch (InvalidOperationException fault)
        {
            throw new IdentityProviderException("The identity provider's discovery cannot be read.", fault);
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

    public void Dispose() => http.Dispose();

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
}
