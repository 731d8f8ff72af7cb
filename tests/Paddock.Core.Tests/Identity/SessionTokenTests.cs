using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Testing;

namespace Paddock.Core.Tests.Identity;

/// <summary>Tokens of sessions: what Roo Code reads of them, and what is taken back.</summary>
public class SessionTokenTests
{
    private static readonly Pepper pepper = new(new byte[32]);
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly SessionToken token = new(KeyId.CreateSession(new Guid(1, 2, 3, new byte[8])), PrincipalId.Create(PrincipalKind.User, new Guid(4, 5, 6, new byte[8])), "org_1", noon, noon.AddMinutes(15));

    [Fact]
    public void A_token_comes_back_as_it_was()
    {
        SessionToken.Read(token.Write(pepper, "cj").Reveal(), pepper).ShouldBe(token);
        SessionToken.Read((token with { Organization = null }).Write(pepper, "auth").Reveal(), pepper).ShouldBe(token with { Organization = null });
    }

    [Fact]
    public void It_has_the_three_parts_and_the_claims_that_roo_code_reads()
    {
        var parts = token.Write(pepper, "cj").Reveal().Split('.');

        parts.Length.ShouldBe(3);
        var claims = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        claims.GetProperty("v").GetInt32().ShouldBe(1);
        claims.GetProperty("sub").GetString().ShouldBe(token.User.Value);
        claims.GetProperty("exp").GetInt64().ShouldBe(noon.AddMinutes(15).ToUnixTimeSeconds());
        claims.GetProperty("iat").GetInt64().ShouldBe(noon.ToUnixTimeSeconds());
        claims.GetProperty("nbf").GetInt64().ShouldBe(noon.ToUnixTimeSeconds());
        claims.GetProperty("r").GetRawText().ShouldBe($$"""{"u":"{{token.User.Value}}","o":"org_1","t":"cj"}""");
    }

    [Fact]
    public void It_never_prints_itself() => $"{token.Write(pepper, "cj")}".ShouldBe("[secret]");

    [Fact]
    public void A_token_that_differs_in_one_character_is_not_read() => Gen.Select(Gen.Int[0, 2_000], Gen.Char[' ', '~']).Sample((at, other) =>
    {
        var text = token.Write(pepper, "cj").Reveal();
        var changed = text.ToCharArray();
        changed[at % text.Length] = other;
        var read = SessionToken.Read(changed, pepper);
        return new string(changed) == text ? read == token : read is null;
    });

    [Fact]
    public void Whatever_is_sent_is_read_without_an_error() => Gen.OneOf(Gen.String, Gen.String.Select(text => "eyJ" + text), Gen.String.Select(text => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + text + "." + new string('A', 43)))
        .Sample(text => SessionToken.Read(text, pepper) is null);

    [Fact]
    public void Another_pepper_a_missing_signature_and_another_algorithm_are_not_read()
    {
        var text = token.Write(pepper, "cj").Reveal();
        var none = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"alg":"none","typ":"JWT"}"""));

        SessionToken.Read(text, new Pepper(Enumerable.Repeat((byte)1, 32).ToArray())).ShouldBeNull();
        SessionToken.Read(text[..text.LastIndexOf('.')] + ".", pepper).ShouldBeNull();
        SessionToken.Read(none + text[text.IndexOf('.', StringComparison.Ordinal)..], pepper).ShouldBeNull();
        SessionToken.Read(text + new string('A', 1_000), pepper).ShouldBeNull();
    }

    [Fact]
    public void A_session_lets_in_while_it_lives_and_its_token_is_young_enough()
    {
        var identities = new TestIdentities(pepper);
        var session = identities.AddSession(SessionClient.Device, expiresAt: noon.AddHours(1));
        var keys = new KeyAuthenticator(identities, pepper);
        var text = new SessionToken(session.Key.Id, session.Principal.Id, "org_1", noon, noon.AddMinutes(15)).Write(pepper, "cj").Reveal();

        keys.Authenticate(text, noon.AddMinutes(14)).ShouldBeOfType<KeyOutcome.Known>().Caller.ShouldBe(session);
        Refusal(keys.Authenticate(text, noon.AddMinutes(15))).ShouldBe(RefusalReason.SessionEnded);
        Refusal(keys.Authenticate(text + "x", noon)).ShouldBe(RefusalReason.UnknownKey);

        identities.Revoke(session.Key.Id, noon);
        Refusal(keys.Authenticate(text, noon)).ShouldBe(RefusalReason.SessionEnded);
    }

    [Fact]
    public void A_key_is_no_session_and_a_sessions_secret_is_no_key()
    {
        var identities = new TestIdentities(pepper);
        var (_, key) = identities.AddKey(new() { Models = true });
        var keys = new KeyAuthenticator(identities, pepper);
        var forged = new SessionToken(key.Key.Id, key.Principal.Id, null, noon, noon.AddMinutes(15)).Write(pepper, "cj").Reveal();

        Refusal(keys.Authenticate(forged, noon)).ShouldBe(RefusalReason.SessionEnded);
        Refusal(keys.Authenticate(KeyToken.CreateSessionSecret(new byte[40]).Reveal(), noon)).ShouldBe(RefusalReason.MalformedKey);
        KeyToken.IsSessionSecret(KeyToken.CreateSessionSecret(new byte[40]).Reveal()).ShouldBeTrue();
        KeyToken.IsSessionSecret(KeyToken.Create(new byte[40]).Reveal()).ShouldBeFalse();
    }

    private static RefusalReason Refusal(KeyOutcome outcome) => outcome.ShouldBeOfType<KeyOutcome.Refused>().Reason;
}
