using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Testing;

namespace Paddock.Core.Tests.Identity;

public sealed class KeyAuthenticatorTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Pepper Secret = new(new byte[32]);

    private readonly TestIdentities identities = new(Secret);

    [Fact]
    public void A_live_key_tells_who_calls()
    {
        var (token, caller) = identities.AddKey(new KeyScopes { Models = true }, "ada");

        Present(token).ShouldBeOfType<KeyOutcome.Known>().Caller.Key.Id.ShouldBe(caller.Key.Id);
    }

    [Fact]
    public void A_key_is_refused_for_the_reason_that_it_has()
    {
        var (revoked, holder) = identities.AddKey(new KeyScopes { Models = true });
        identities.Revoke(holder.Key.Id, Now);
        var (expired, _) = identities.AddKey(new KeyScopes { Models = true }, expiresAt: Now);
        var unknown = KeyToken.Create(Enumerable.Repeat((byte)9, 40).ToArray()).Reveal();

        Reason("").ShouldBe(RefusalReason.MissingKey);
        Reason("sk-something-else").ShouldBe(RefusalReason.MalformedKey);
        Reason(unknown).ShouldBe(RefusalReason.UnknownKey);
        Reason(revoked).ShouldBe(RefusalReason.KeyRevoked);
        Reason(expired).ShouldBe(RefusalReason.KeyExpired);
    }

    [Fact]
    public void A_key_lives_to_the_moment_it_expires_and_not_through_it()
    {
        var (token, _) = identities.AddKey(new KeyScopes { Models = true }, expiresAt: Now);

        new KeyAuthenticator(identities, Secret).Authenticate(token, Now.AddTicks(-1)).ShouldBeOfType<KeyOutcome.Known>();
        Present(token).ShouldBeOfType<KeyOutcome.Refused>();
    }

    [Fact]
    public void A_key_of_another_installation_is_unknown_here()
    {
        var (token, _) = identities.AddKey(new KeyScopes { Models = true });

        new KeyAuthenticator(identities, new Pepper(Enumerable.Repeat((byte)1, 32).ToArray())).Authenticate(token, Now)
            .ShouldBe(new KeyOutcome.Refused(RefusalReason.UnknownKey));
    }

    [Fact]
    public void A_hash_is_the_HMAC_of_the_key_whatever_was_hashed_before_on_this_thread()
    {
        var (token, _) = identities.AddKey(new KeyScopes());
        var other = new Pepper(Enumerable.Repeat((byte)7, 40).ToArray());
        KeyHash.Compute("x", other);

        KeyHash.Compute(token, Secret).ToArray().ShouldBe(System.Security.Cryptography.HMACSHA256.HashData(new byte[32], System.Text.Encoding.ASCII.GetBytes(token)));
    }

    private KeyOutcome Present(string token) => new KeyAuthenticator(identities, Secret).Authenticate(token, Now);

    private RefusalReason Reason(string token) => Present(token).ShouldBeOfType<KeyOutcome.Refused>().Reason;
}
