using System.Globalization;
using CsCheck;
using Paddock.Gateway.Execute;
using Paddock.Testing;

namespace Paddock.Gateway.Tests;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "0", 0)]
    [InlineData("Retry-After", "-3", 0)]
    [InlineData("Retry-After", " 2.5 ", 2.5)]
    [InlineData("Retry-After", "Mon, 02 Nov 2026 12:01:00 GMT", 60)]
    [InlineData("Retry-After", "Mon, 02 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("retry-after-ms", "-1e300", 0)]
    [InlineData("x-ratelimit-reset-tokens", "1m30.5s", 90.5)]
    [InlineData("x-ratelimit-reset-requests", "20ms", 0.02)]
    [InlineData("x-ratelimit-reset", "1793620860", 60)]
    [InlineData("x-ratelimit-reset", "1793620860000", 60)]
    [InlineData("anthropic-ratelimit-tokens-reset", "2026-11-02T12:00:30Z", 30)]
    public void A_wait_is_understood_in_every_form_that_providers_use(string header, string value, double seconds) =>
        Of((header, value)).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e300")]
    [InlineData("5 parsecs")]
    public void What_is_no_wait_is_none(string value) => Of(("Retry-After", value)).ShouldBeNull();

    [Fact]
    public void The_exact_one_goes_before_the_rounded_one_and_the_longest_reset_counts()
    {
        Of(("retry-after-ms", "1500"), ("Retry-After", "2")).ShouldBe(TimeSpan.FromSeconds(1.5));
        Of(("x-ratelimit-reset-requests", "1s"), ("x-ratelimit-reset-tokens", "6m0s")).ShouldBe(TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void Whatever_a_provider_says_a_wait_is_never_negative_and_nothing_is_thrown() =>
        Gen.OneOf(Gen.String, Gen.Double.Select(n => n.ToString(CultureInfo.InvariantCulture)), Gen.Long.Select(n => n.ToString(CultureInfo.InvariantCulture) + "s")).Sample(
            text => (RetryAfter.Parse(text, Now) ?? TimeSpan.Zero).ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero), iter: Samples.Of(2_000));

    private static TimeSpan? Of(params (string Name, string Value)[] headers)
    {
        using var answer = new HttpResponseMessage();
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return RetryAfter.Of(answer.Headers, Now);
    }
}
