using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Core.Audit.Masking;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Core.Tests.Audit.Masking;

public sealed class MaskerTests
{
    private static readonly Masker masker = new(Key(1));

    /// <summary>Secrets, texts around them and pieces that come close, put together by chance.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.OneOfConst([.. MaskedCases.Positive.Select(static one => one.Text), .. MaskedCases.Positive.Select(static one => one.Secret)]),
        Gen.OneOfConst(MaskedCases.Negative),
        Gen.OneOfConst("password=", "\"token\": \"", "[secret:", "[personal:email:1a2b3c4d]", "[secret:jwt:00000000]", ":", "=", "\"", "'", " ", "\n", "\\n", "@", "://", "-", ".", "sk-", "AKIA", "a@b.co,", "://:ab@", "pw=\"aaab\","),
        Gen.String[Gen.Char["abcXYZ019+/=_-. \n\"'\\:@[]{}é"], 0, 40],
        Gen.String[0, 20])
        .List[0, 8].Select(static parts => string.Concat(parts));

    public static TheoryData<string, string, string> Positive => [.. MaskedCases.Positive];

    public static TheoryData<string> Negative => [.. MaskedCases.Negative];

    [Theory]
    [MemberData(nameof(Positive))]
    public void What_looks_like_a_secret_is_masked(string kind, string text, string secret)
    {
        var masked = masker.Mask(text);

        masked.Text.ShouldNotContain(secret);
        masked.Text.ShouldContain($":{kind}:");
        masked.Found.ShouldContainKeyAndValue(kind, 1);
        masked.Text.ShouldBe(text.Replace(secret, masked.Text[masked.Text.IndexOf('[')..(masked.Text.IndexOf(']') + 1)], StringComparison.Ordinal), "what stands around it stays");
    }

    [Theory]
    [MemberData(nameof(Negative))]
    public void What_only_resembles_one_stays(string text)
    {
        masker.Mask(text).Text.ShouldBeSameAs(text);
        masker.Mask(Encoding.UTF8.GetBytes(text)).Bytes.ToArray().ShouldBe(Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [MemberData(nameof(Positive))]
    public void It_is_masked_also_as_a_string_of_json_and_in_a_json_text_within(string kind, string text, string secret)
    {
        var json = JsonSerializer.Serialize(new { n = 1, list = new[] { "x\ny", text }, inner = JsonSerializer.Serialize(new { text = "\n" + text }) });

        var masked = masker.Mask(Encoding.UTF8.GetBytes(json));

        using var read = JsonDocument.Parse(masked.Bytes);
        read.RootElement.GetProperty("list")[1].GetString()!.ShouldNotContain(secret);
        read.RootElement.GetProperty("inner").GetString()!.ShouldNotContain(JsonSerializer.Serialize(secret).Trim('"'));
        read.RootElement.GetProperty("list")[0].GetString().ShouldBe("x\ny");
        masked.Found.Keys.ShouldContain(kind);
    }

    [Fact]
    public void Masking_twice_is_masking_once() => Texts.Sample(
        static text =>
        {
            var once = masker.Mask(text);
            var bytes = masker.Mask(Encoding.UTF8.GetBytes(text));

            masker.Mask(once.Text).Text.ShouldBe(once.Text);
            masker.Mask(bytes.Bytes).Bytes.ToArray().ShouldBe(bytes.Bytes.ToArray());
        },
        iter: 3_000);

    [Fact]
    public void It_is_the_same_every_time_and_never_much_longer() => Texts.Sample(
        static text =>
        {
            var masked = masker.Mask(text);

            new Masker(Key(1)).Mask(text).Text.ShouldBe(masked.Text);
            masked.Text.Length.ShouldBeLessThanOrEqualTo((text.Length * Masker.MostGrowth) + Masker.MostAdded);
            (masked.Found.Count == 0).ShouldBe(masked.Text == text);
        },
        iter: 3_000);

    [Fact]
    public void Whatever_the_bytes_are_those_without_a_finding_stay() => Gen.Byte.Array[0, 200].Sample(static bytes =>
    {
        var masked = masker.Mask(bytes);

        masker.Mask(masked.Bytes).Bytes.ToArray().ShouldBe(masked.Bytes.ToArray());
        (masked.Found.Count == 0).ShouldBe(masked.Bytes.Span.SequenceEqual(bytes));
    });

    [Fact]
    public void A_secret_between_bytes_that_are_no_text_is_found()
    {
        byte[] content = [0xff, 0xfe, .. Encoding.ASCII.GetBytes(MaskedCases.Positive[0].Text), 0xff];

        var masked = masker.Mask(content).Bytes.ToArray();

        masked[..2].ShouldBe([0xff, 0xfe]);
        Encoding.Latin1.GetString(masked).ShouldNotContain(MaskedCases.Positive[0].Secret);
    }

    [Fact]
    public void Equal_values_have_equal_placeholders_under_one_key_only()
    {
        var (a, b) = (MaskedCases.Positive[0].Secret, MaskedCases.Positive[1].Secret);

        masker.Mask($"{a} {a}").Text.Split(' ').Distinct().ShouldHaveSingleItem();
        masker.Mask($"{a} {b}").Text.Split(' ').ShouldBeUnique();
        new Masker(Key(2)).Mask(a).Text.ShouldNotBe(masker.Mask(a).Text);
    }

    [Theory]
    [InlineData("""{"password": "hunter two"}""", "hunter two")]
    [InlineData("""{"headers": {"X-Api-Key": "abcd"}}""", "abcd")]
    [InlineData("""{"env": [{"name": "DB_PASSWORD", "value": "hunter"}]}""", "hunter")]
    [InlineData("""{"clientSecret": ["first", "second"]}""", "second")]
    [InlineData("""{"a": "\u0073k-ant-api03-Ab3dE5gH1jK9mN2pQ4rS6tU8"}""", "ant-api03")]
    [InlineData("""{"card": 4111111111111111, "n": 12}""", "4111111111111111")]
    [InlineData("""{"jane@example.org": true}""", "jane@")]
    public void Json_tells_by_its_names_what_its_values_are(string json, string secret)
    {
        var masked = Encoding.UTF8.GetString(masker.Mask(Encoding.UTF8.GetBytes(json)).Bytes.Span);

        masked.ShouldNotContain(secret);
        JsonDocument.Parse(masked).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [InlineData("""{"password": null, "token": "$TOKEN", "max_tokens": 4096, "command": "ls \u002d\u006c"}""")]
    [InlineData("""  [ 1, 4111111111111112, "x" ]  """)]
    [InlineData("""{"a": "\ud800"}""")]
    public void Json_without_a_finding_stays_byte_for_byte(string json) =>
        masker.Mask(Encoding.UTF8.GetBytes(json)).Bytes.ToArray().ShouldBe(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void The_time_it_takes_grows_with_the_text_only()
    {
        // Each of these would take minutes if any detector looked back over the whole text again and again.
        string[] texts = ["-----BEGIN ", "://", "a@", "password=", "[secret:", "1 ", "4111 ", "eyJ.", "--token ", "\"", "AKIA", "Bearer ", "Aa1"];
        foreach (var text in texts)
        {
            masker.Mask(string.Concat(Enumerable.Repeat(text, 200_000 / text.Length))).ShouldNotBeNull();
        }
    }

    private static DataKey Key(byte first) => new(DataKeyId.Create("content", DateTimeOffset.UnixEpoch, new byte[8]), [first, .. new byte[31]]);
}
