using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Identity;
using Paddock.Settings;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>An identity provider whose tokens are right until somebody makes them wrong.</summary>
internal sealed class StrangeProvider : IAsyncDisposable
{
    public const string ClientId = "paddock", ClientSecret = "a secret of tests that is long enough";

    private readonly WebApplication app;
    private RSA key = RSA.Create(2048);
    private int keyNumber;

    private StrangeProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>As discovery names it.</summary>
    public string? IssuerInDiscovery { get; set; }

    /// <summary>Of the ID token; changed by tests.</summary>
    public JsonObject Claims { get; private set; } = [];

    public Action<JsonObject> Change { get; set; } = static _ => { };

    /// <summary>How the ID token is signed.</summary>
    public string Algorithm { get; set; } = "RS256";

    /// <summary>Signs with a key that is not published.</summary>
    public bool SignsByAnother { get; set; }

    /// <summary>Discovery says that its answers name it.</summary>
    public bool PromisesIssuer { get; set; }

    public string UserInfoSubject { get; set; } = "1";

    /// <summary>What the token endpoint answers instead.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    /// <summary>What the last sign-in was asked with.</summary>
    public string Nonce { get; set; } = "";

    /// <summary>What came to the token endpoint last.</summary>
    public IReadOnlyDictionary<string, string> LastForm { get; private set; } = new Dictionary<string, string>();

    public static async Task<StrangeProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var built = builder.Build();
        var provider = new StrangeProvider(built);
        built.MapGet("/.well-known/openid-configuration", provider.Discovery);
        built.MapGet("/jwks", provider.Keys);
        built.MapGet("/auth", () => Results.Content("<!doctype html><title>Strange</title><link rel=\"icon\" href=\"data:,\">", "text/html"));
        built.MapPost("/token", (Delegate)provider.TokenAsync);
        built.MapGet("/userinfo", () => Results.Json(new { sub = provider.UserInfoSubject, email = "ada@company.example", email_verified = true, groups = new[] { "staff" } }));
        await built.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public OidcSettings Settings => new("strange", new(Issuer), ClientId, new(ClientSecret), "openid email", "email", "groups", CaFile: null);

    /// <summary>Another key from now on; the one before is no longer published.</summary>
    public void ChangeKeys()
    {
        key.Dispose();
        key = RSA.Create(2048);
        keyNumber++;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private IResult Discovery() => Results.Json(new
    {
        issuer = IssuerInDiscovery ?? Issuer,
        authorization_response_iss_parameter_supported = PromisesIssuer,
        authorization_endpoint = Issuer + "/auth",
        token_endpoint = Issuer + "/token",
        userinfo_endpoint = Issuer + "/userinfo",
        jwks_uri = Issuer + "/jwks",
    });

    private IResult Keys()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = $"key-{keyNumber}", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) } } });
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        LastForm = form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        if (Refusal is var (status, body))
        {
            return Results.Text(body, "text/plain", statusCode: status);
        }

        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Claims = new() { ["iss"] = Issuer, ["sub"] = "1", ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = Nonce };
        Change(Claims);
        return Results.Json(new { access_token = "access", token_type = "Bearer", id_token = Sign(Claims) });
    }

    private string Sign(JsonObject claims)
    {
        var signed = Encode($$"""{"alg":"{{Algorithm}}","typ":"JWT","kid":"key-{{keyNumber}}"}""") + "." + Encode(claims.ToJsonString());
        var bytes = Encoding.ASCII.GetBytes(signed);
        using var another = RSA.Create(2048);
        return signed + "." + Algorithm switch
        {
            "none" => "",
            "HS256" => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), bytes)),
            _ => Base64Url.EncodeToString((SignsByAnother ? another : key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
