using System.Text;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Tests.Protocols;

public class SseEventTests
{
    [Theory]
    [InlineData("data: {}\n\n", "", "{}")]
    [InlineData("\uFEFFdata: {}\n\n", "", "{}")]
    [InlineData("\uFEFFevent: e\ndata:{}\n\n", "e", "{}")]
    [InlineData("data: {\r\ndata:}\r\n\r\n", "", "{\n}")]
    [InlineData("data:\ndata: {}\n\n", "", "{}")]
    [InlineData(": comment\nid: 3\n\n", "", "")]
    public void An_event_is_taken_apart_as_clients_do_it(string text, string name, string data)
    {
        var parsed = SseEvent.Parse(Encoding.UTF8.GetBytes(text));

        (Encoding.UTF8.GetString(parsed.Name), Encoding.UTF8.GetString(parsed.Data)).ShouldBe((name, data));
    }

    [Fact]
    public void An_event_of_many_lines_is_not_copied_once_for_each()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("data: 0,\n", 20_000)) + "\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var length = SseEvent.Parse(bytes).Data.Length;

        length.ShouldBe((20_000 * 3) - 1);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }
}
