using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Paddock.Core.Identity;
using Paddock.Identity;

namespace Paddock.EndToEnd.Tests.Identity;

/// <summary>Which answers of an identity provider are believed (OpenID Connect Core 1.0 §3.1.3.7), over a real socket.</summary>
public sealed class IdTokenTests : IAsyncLifetime
{
    private static readonly Uri redirect = new("https://paddock.example/sign-in/callback");

    private readonly FakeTimeProvider time = new();
    private StrangeProvider strange = null!; // set before each test
    private OidcClient client = null!; // as above
    private OidcProvider provider = null!; // as above

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What is changed in an ID token, and is then not believed.</summary>
    public static TheoryData<string, string?> Wrong => new()
    {
        { "iss", "\"https://elsewhere.example\"" }, { "iss", null }, { "aud", "\"another\"" }, { "aud", null }, { "aud", "[\"paddock\",\"another\"]" }, { "azp", "\"another\"" },
        { "nonce", "\"another\"" }, { "nonce", null }, { "exp", "1000" }, { "exp", null }, { "nbf", "99999999999" }, { "sub", null },
    };

    public async ValueTask InitializeAsync()
    {
        strange = await StrangeProvider.StartAsync();
        client = new(strange.Settings, time);
        provider = new(strange.Settings, client, NullLogger<OidcProvider>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await strange.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_is_right_says_who_it_is()
    {
        var begun = await BeginAsync();

        var person = await provider.CompleteAsync(begun, "code", strange.Issuer, Cancellation);

        (person.Id, person.Name).ShouldBe((new ExternalId(strange.Issuer, "1"), "ada@company.example"));
        person.Groups.ShouldBe(["staff"]);
        var challenge = Query(begun.Address)["code_challenge"];
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(strange.LastForm["code_verifier"]))).ShouldBe(challenge);
        strange.LastForm["redirect_uri"].ShouldBe(redirect.AbsoluteUri);
        strange.LastForm.ShouldNotContainKey("client_secret");
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_token_with_a_wrong_claim_is_not_believed(string claim, string? value)
    {
        strange.Change = claims =>
        {
            if (value is null)
            {
                claims.Remove(claim);
            }
            else
            {
                claims[claim] = JsonNode.Parse(value);
            }
        };

        await RefusedAsync();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task A_token_that_anybody_could_have_written_is_not_believed(string algorithm)
    {
        strange.Algorithm = algorithm;
        await RefusedAsync();
    }

    [Fact]
    public async Task A_token_signed_by_a_key_that_is_not_published_is_not_believed()
    {
        strange.SignsByAnother = true;
        await RefusedAsync();
    }

    [Fact]
    public async Task User_info_about_somebody_else_and_an_answer_of_another_provider_are_not_believed()
    {
        strange.UserInfoSubject = "2";
        await RefusedAsync();
        strange.UserInfoSubject = "1";
        var begun = await BeginAsync();
        await Should.ThrowAsync<IdentityProviderException>(() => provider.CompleteAsync(begun, "code", "https://elsewhere.example", Cancellation));
    }

    [Fact]
    public async Task Who_promises_to_say_who_answers_is_held_to_it()
    {
        strange.PromisesIssuer = true;

        await RefusedAsync();

        (await provider.CompleteAsync(await BeginAsync(), "code", strange.Issuer, Cancellation)).Id.Subject.ShouldBe("1");
    }

    [Fact]
    public async Task Keys_that_change_are_found_again_at_once()
    {
        (await provider.CompleteAsync(await BeginAsync(), "code", null, Cancellation)).Id.Subject.ShouldBe("1");

        strange.ChangeKeys();
        time.Advance(TimeSpan.FromSeconds(1));

        (await provider.CompleteAsync(await BeginAsync(), "code", null, Cancellation)).Id.Subject.ShouldBe("1");
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"<b>something</b>"}""", "400 invalid_grant")]
    [InlineData(500, "<html>no</html>", "could not be asked")]
    [InlineData(200, "[]", "200")]
    [InlineData(200, "{}", "no ID token")]
    public async Task What_is_no_answer_is_told_in_our_words(int status, string body, string words)
    {
        strange.Refusal = (status, body);
        var begun = await BeginAsync();

        var fault = await Should.ThrowAsync<IdentityProviderException>(() => provider.CompleteAsync(begun, "code", null, Cancellation));

        fault.Message.ShouldContain(words);
        fault.Message.ShouldNotContain("<b>");
    }

    [Fact]
    public async Task A_discovery_that_names_another_issuer_is_none()
    {
        strange.IssuerInDiscovery = "https://elsewhere.example";

        await Should.ThrowAsync<IdentityProviderException>(BeginAsync);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_told_so_and_asked_again_once_it_is_back()
    {
        await strange.DisposeAsync();
        await Should.ThrowAsync<IdentityProviderException>(() => provider.BeginAsync(redirect, Cancellation));

        strange = await StrangeProvider.StartAsync();
        client.Dispose();
        client = new(strange.Settings, time);
        provider = new(strange.Settings, client, NullLogger<OidcProvider>.Instance);
        (await BeginAsync()).State.Length.ShouldBe(43);
    }

    [Fact]
    public async Task Each_sign_in_has_a_state_a_nonce_and_a_verifier_of_its_own()
    {
        var (one, other) = (await BeginAsync(), await BeginAsync());

        new[] { one.State, one.Nonce, one.Verifier, other.State, other.Nonce, other.Verifier }.Distinct().Count().ShouldBe(6);
        Query(one.Address).ShouldSatisfyAllConditions(
            query => query["response_type"].ShouldBe("code"), query => query["code_challenge_method"].ShouldBe("S256"), query => query["scope"].ShouldBe("openid email"), query => query["state"].ShouldBe(one.State),
            query => query["nonce"].ShouldBe(one.Nonce), query => query["client_id"].ShouldBe(StrangeProvider.ClientId));
    }

    private async Task RefusedAsync()
    {
        var begun = await BeginAsync();
        await Should.ThrowAsync<IdentityProviderException>(() => provider.CompleteAsync(begun, "code", null, Cancellation));
    }

    private async Task<ExternalSignIn> BeginAsync()
    {
        var begun = await provider.BeginAsync(redirect, Cancellation);
        strange.Nonce = begun.Nonce;
        return begun;
    }


    private static Dictionary<string, string> Query(Uri address) =>
        address.Query[1..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));
}
