using System.Text;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;

namespace Paddock.Core.Tests.Notifications;

public class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek", Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly Secret secret = new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");

    [Fact]
    public void It_is_what_the_libraries_of_Standard_Webhooks_expect() => WebhookSignature.Of([secret], Id, at, body).ShouldBe(Signature);

    [Fact]
    public void Two_secrets_both_sign_with_a_blank_between_them()
    {
        var both = WebhookSignature.Of([secret, new("another plain secret")], Id, at, body).Split(' ');

        both.Length.ShouldBe(2);
        both[0].ShouldBe(Signature);
        both[1].ShouldStartWith("v1,");
        both[1].ShouldNotBe(Signature);
    }

    [Fact]
    public void A_plain_secret_is_the_key_itself() =>
        WebhookSignature.Of([new("plain secret text")], Id, at, body).ShouldBe(WebhookSignature.Of([new("whsec_" + Convert.ToBase64String("plain secret text"u8))], Id, at, body));

    [Theory]
    [InlineData("whsec_", false)]
    [InlineData("whsec_no base64!", false)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("plain", true)]
    public void A_secret_that_says_it_is_base64_is_none_when_it_is_not(string text, bool isSecret) => WebhookSignature.IsSecret(new(text)).ShouldBe(isSecret);
}
