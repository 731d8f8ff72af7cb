using System.Text;
using CsCheck;
using Paddock.Core.Approvals;

namespace Paddock.Core.Tests.Approvals;

public class CanonicalJsonTests
{
    [Theory]
    // From RFC 8785, appendix B, and its neighbours.
    [InlineData("-0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+2", "100")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1e30", "1e+30")]
    [InlineData("-1.5e-9", "-1.5e-9")]
    [InlineData("333333333.33333329", "333333333.33333329")] // beyond 15 digits: as it was written
    public void A_number_is_written_one_way(string literal, string canonical) => Of(literal).ShouldBe(canonical);

    [Theory]
    [InlineData("9007199254740992", "9007199254740993")]
    [InlineData("1e400", "1e401")]
    [InlineData("1e-400", "0")]
    [InlineData("0.1", "0.1000000000000000055")]
    public void Numbers_that_some_reader_takes_for_different_stay_different(string one, string other) => Of(one).ShouldNotBe(Of(other));

    [Fact]
    public void Members_are_sorted_by_their_code_units_and_blanks_are_dropped() =>
        Of("{ \"b\" : [ 1 , true , null ], \"a\" : {\"\\u20ac\":1,\"\\r\":2,\"1\":3,\"\\ud83d\\ude00\":4,\"\\ufb33\":5} }").ShouldBe("{\"a\":{\"\\r\":2,\"1\":3,\"€\":1,\"😀\":4,\"\ufb33\":5},\"b\":[1,true,null]}");

    [Fact]
    public void Strings_are_escaped_as_little_as_can_be() =>
        Of("\"\\u0041\\/\\u0022\\\\\\u0008\\u001f\\u007f\\u00e9\"").ShouldBe("\"A/\\\"\\\\\\b\\u001f\u007fé\"");

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("")]
    public void What_is_not_the_same_to_every_reader_has_no_canonical_text(string json) => Of(json).ShouldBeNull();

    [Fact]
    public void Only_members_of_the_outermost_object_are_left_out() =>
        CanonicalJson.Of("{\"why\":1,\"x\":{\"why\":2}}"u8.ToArray(), ["why"]).ShouldBe("{\"x\":{\"why\":2}}");

    [Fact]
    public void A_canonical_text_is_its_own_canonical_text() => Gen.Double.Where(double.IsFinite).Select(Gen.String).Sample((number, text) =>
    {
        var json = $"{{\"n\":{System.Text.Json.JsonSerializer.Serialize(number)},\"s\":{System.Text.Json.JsonSerializer.Serialize(text)}}}";
        var once = Of(json);
        return once is null || Of(once) == once;
    });

    private static string? Of(string json) => CanonicalJson.Of(Encoding.UTF8.GetBytes(json));
}
