using System.Text;
using System.Text.Json;
using CsCheck;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Protocols;

/// <summary>The walk over a body takes and refuses what the platform's own reader does; that one is the judge here.</summary>
public sealed class JsonCursorTests
{
    private const int MaxDepth = 128;

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"a\":1", "\"\\u00e9\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"", "\"é😀\"", "\\u12", "\\x",
        "0", "-0", "-", "01", "1.", "1.5", ".5", "1e5", "1E+5", "1e-", "+1", "true", "false", "null", "tru", "nul", "NaN", " ", "\n", "\r\n", "\t", "\u000b", "\0", "\u001f", "\u007f", "//", "\"a long string without any escape in it, longer than a block of the walk\"",
    ];

    private static readonly Gen<string> Soup = Gen.OneOfConst(Pieces).Array[0, 12].Select(string.Concat);

    [Fact]
    public void Every_well_formed_text_is_walked_to_its_end() =>
        Gen.Select(JsonTexts.Whitespace, JsonTexts.Values, JsonTexts.Whitespace, (before, value, after) => before + value + after).Sample(text => Walks(Encoding.UTF8.GetBytes(text)).ShouldBeTrue(text), iter: Samples.Of(5_000));

    [Fact]
    public void A_text_with_a_byte_changed_is_taken_or_refused_as_the_platforms_reader_does() =>
        Gen.Select(JsonTexts.Values, Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.Byte[0, 127], Gen.Byte[32, 64])).Sample((value, where, with) =>
        {
            var text = Encoding.UTF8.GetBytes(value);
            text[where % text.Length] = with;
            Agree(text);
        }, iter: Samples.Of(5_000));

    [Fact]
    public void A_text_cut_off_is_taken_or_refused_as_the_platforms_reader_does() =>
        Gen.Select(JsonTexts.Values, Gen.Int[0, int.MaxValue]).Sample((value, where) => Agree(Encoding.UTF8.GetBytes(value).AsSpan(0, where % (Encoding.UTF8.GetByteCount(value) + 1)).ToArray()), iter: Samples.Of(5_000));

    [Fact]
    public void A_soup_of_tokens_is_taken_or_refused_as_the_platforms_reader_does() => Soup.Sample(text => Agree(Encoding.UTF8.GetBytes(text)), iter: Samples.Of(5_000));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_text_nests_as_deep_as_it_may_and_no_deeper(int depth, bool taken) =>
        Walks(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))).ShouldBe(taken);

    [Fact]
    public void Each_member_is_told_with_where_its_value_lies()
    {
        var text = """ { "a" : [1, {"b":2}] , "\u0063":"x\n" } """u8;
        var cursor = new JsonCursor(text, MaxDepth);
        cursor.Peek();
        cursor.Enter();

        cursor.NextMember(out var first).ShouldBeTrue();
        Encoding.UTF8.GetString(first.Text.Of(text)).ShouldBe("a");
        Encoding.UTF8.GetString(cursor.Skip().Of(text)).ShouldBe("""[1, {"b":2}]""");
        cursor.NextMember(out var second).ShouldBeTrue();
        (second.IsEscaped, JsonText.Decode(second.Text, second.IsEscaped, text)).ShouldBe((true, "c"));
        Encoding.UTF8.GetString(cursor.Skip().Of(text)).ShouldBe("\"x\\n\"");
        cursor.NextMember(out _).ShouldBeFalse();
        cursor.End();
        cursor.Depth.ShouldBe(0);
    }

    [Fact]
    public void A_fault_tells_its_line_and_place_in_it()
    {
        Should.Throw<MalformedJsonException>(() => Walk("{\n \"a\": tru }"u8)).ShouldSatisfyAllConditions(fault => fault.Line.ShouldBe(2), fault => fault.Byte.ShouldBe(6));
    }

    private static void Agree(byte[] text)
    {
        if (System.Text.Unicode.Utf8.IsValid(text))
        {
            Walks(text).ShouldBe(IsJson(text), Encoding.UTF8.GetString(text));
        }
    }

    private static bool Walks(byte[] text)
    {
        try
        {
            Walk(text);
            return true;
        }
        catch (MalformedJsonException)
        {
            return false;
        }
    }

    private static void Walk(ReadOnlySpan<byte> text)
    {
        var cursor = new JsonCursor(text, MaxDepth);
        cursor.Skip().Length.ShouldBeGreaterThan(0);
        cursor.End();
    }

    private static bool IsJson(byte[] text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                // Only whether it ends well.
            }

            return reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
