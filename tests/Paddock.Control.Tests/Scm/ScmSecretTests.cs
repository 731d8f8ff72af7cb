using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paddock.Control.Scm;

namespace Paddock.Control.Tests.Scm;

public class ScmSecretTests
{
    private static readonly DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    /// <summary>GitHub's own example ("Validating webhook deliveries").</summary>
    [Fact]
    public void GitHubs_example_is_right_and_anything_else_is_not()
    {
        var secret = new ScmSecret(new("It's a Secret to Everybody"));
        secret.IsGitHubs("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "Hello, World!"u8).ShouldBeTrue();
        secret.IsGitHubs("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "Hello, World?"u8).ShouldBeFalse();
        secret.IsGitHubs("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", "Hello, World!"u8).ShouldBeFalse();
        secret.IsGitHubs(null, "Hello, World!"u8).ShouldBeFalse();
        new ScmSecret(null).IsGitHubs("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "Hello, World!"u8).ShouldBeFalse();
    }

    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void The_standards_example_is_right_while_it_is_new()
    {
        var secret = new ScmSecret(new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        const string body = """{"test": 2432232314}""";
        const string signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        bool IsRight(string signatures, DateTimeOffset at, string sent = body) => secret.IsStandard("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", signatures, Encoding.UTF8.GetBytes(sent), at);

        IsRight(signature, now).ShouldBeTrue();
        IsRight("v1,AAAA " + signature, now.AddMinutes(4)).ShouldBeTrue();
        IsRight(signature, now.AddMinutes(6)).ShouldBeFalse();
        IsRight(signature, now, body + " ").ShouldBeFalse();
        IsRight("v1,AAAA", now).ShouldBeFalse();
        secret.IsStandard("msg_other", "1614265330", signature, Encoding.UTF8.GetBytes(body), now).ShouldBeFalse();
    }

    [Fact]
    public void A_secret_that_is_plain_text_is_taken_as_it_is()
    {
        var (stamp, body) = (now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "{}"u8.ToArray());
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData("a secret of some length"u8, Encoding.UTF8.GetBytes($"id.{stamp}.{{}}")));
        new ScmSecret(new("a secret of some length")).IsStandard("id", stamp, signature, body, now).ShouldBeTrue();
    }
}
