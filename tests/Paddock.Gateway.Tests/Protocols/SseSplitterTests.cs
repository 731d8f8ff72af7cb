using System.Text;
using CsCheck;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tests.Rig;
using Paddock.Testing;

namespace Paddock.Gateway.Tests.Protocols;

public sealed class SseSplitterTests
{
    private static readonly Gen<string> Streams = Gen.OneOfConst("data: a", "\n", "\n", "\r\n", "\r\n", "\r", ": c", "event: e", "é😀", "").Array[0, 30].Select(string.Concat);

    [Fact]
    public void A_stream_splits_into_the_same_events_however_it_is_cut() => Gen.Select(Streams, Cuts.Places).Sample((stream, places) =>
    {
        var whole = Split([Encoding.UTF8.GetBytes(stream)]);
        var cut = Split(Cuts.Cut(Encoding.UTF8.GetBytes(stream), places));

        string.Concat(cut).ShouldBe(stream);
        // A line feed that comes after its carriage return was cut off is an event of its own, without a field.
        Fields(cut).ShouldBe(Fields(whole));
    }, iter: Samples.Of(2_000));

    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", 3)]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", 3)]
    [InlineData("data: a\r\rdata: b\r\r", 3)]
    [InlineData("data: a\ndata: b\n", 1)]
    public void An_event_ends_with_a_blank_line_whatever_ends_lines(string stream, int parts) => Split([Encoding.UTF8.GetBytes(stream)]).Count.ShouldBe(parts);

    private static string[] Fields(List<string> parts) => [.. parts.Select(part => part.Trim('\r', '\n').ReplaceLineEndings("\n")).Where(part => part.Length > 0)];

    /// <summary>The events, and what is left.</summary>
    private static List<string> Split(List<byte[]> cuts)
    {
        var parts = new List<string>();
        var splitter = new SseSplitter();
        byte[] held = [];
        foreach (var cut in cuts)
        {
            held = [.. held, .. cut];
            int length;
            while ((length = splitter.Next(held)) > 0)
            {
                parts.Add(Encoding.Latin1.GetString(held, 0, length));
                held = held[length..];
            }
        }

        parts.Add(Encoding.Latin1.GetString(held));
        return [.. parts.Select(part => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(part)))];
    }
}
