using Paddock.Core.Notifications;

namespace Paddock.Core.Tests.Notifications;

/// <summary>What agents and models said, in a chat.</summary>
public class ChatTextTests
{
    [Theory]
    [InlineData("inc_01k8 of run_01k9", "inc_01k8 of run_01k9")]
    [InlineData("delete_all_files", "delete_all_files")]
    public void An_id_is_copied_from_a_chat_as_it_is(string text, string shown) => ChatText.Of(text).ShouldBe(shown);

    [Theory]
    [InlineData("_so_", "·so·")]
    [InlineData("a _so_ b", "a ·so· b")]
    [InlineData("a_b_ c", "a_b· c")]
    [InlineData("(_so_)", "(·so·)")]
    [InlineData("__so__", "··so··")]
    [InlineData("a__b", "a··b")]
    [InlineData("é_so_é", "é·so·é")]
    [InlineData("*so* `so` ~so~ a|b", "·so· ·so· ·so· a·b")]
    [InlineData("<!channel> @here &", "&lt;!channel&gt; ＠here &amp;")]
    public void What_a_chat_would_read_as_markup_is_none(string text, string shown) => ChatText.Of(text).ShouldBe(shown);
}
