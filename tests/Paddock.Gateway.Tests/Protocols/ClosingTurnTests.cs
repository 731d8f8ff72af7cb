using System.Text;
using System.Text.Json;
using Paddock.Core.Policies;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Protocols.AnthropicMessages;
using Paddock.Gateway.Protocols.OpenAiChat;
using Paddock.Gateway.Protocols.OpenAiResponses;

namespace Paddock.Gateway.Tests.Protocols;

/// <summary>A refusal told as a call of the tool that ends the agent's task.</summary>
public class ClosingTurnTests
{
    private static readonly ClosingTool done = new("attempt_completion", "result");

    [Fact]
    public void A_chat_turn_calls_the_tool_with_the_text_as_its_only_argument()
    {
        var message = Plain(new ChatProtocol()).GetProperty("choices")[0];

        message.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        ShouldSayNo(message.GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function"));
    }

    [Fact]
    public void A_streamed_chat_turn_calls_the_tool_and_then_finishes()
    {
        var chunks = Events(new ChatProtocol());

        ShouldSayNo(chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function"));
        chunks[1].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        chunks[2].GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(0);
        chunks.Count.ShouldBe(3);
    }

    [Fact]
    public void A_message_holds_one_tool_use()
    {
        var message = Plain(new MessagesProtocol());

        message.GetProperty("stop_reason").GetString().ShouldBe("tool_use");
        var block = message.GetProperty("content")[0];
        block.GetProperty("name").GetString().ShouldBe("attempt_completion");
        block.GetProperty("input").GetProperty("result").GetString().ShouldBe("no \"more\"");
    }

    [Fact]
    public void A_streamed_message_sends_the_input_as_one_delta()
    {
        var events = Events(new MessagesProtocol());

        events.Select(e => e.GetProperty("type").GetString()).ShouldBe(["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "message_stop"]);
        events[1].GetProperty("content_block").GetProperty("name").GetString().ShouldBe("attempt_completion");
        using var input = JsonDocument.Parse(events[2].GetProperty("delta").GetProperty("partial_json").GetString()!);
        input.RootElement.GetProperty("result").GetString().ShouldBe("no \"more\"");
        events[4].GetProperty("delta").GetProperty("stop_reason").GetString().ShouldBe("tool_use");
    }

    [Fact]
    public void A_response_holds_one_function_call() => ShouldSayNo(Plain(new ResponsesProtocol()).GetProperty("output")[0]);

    [Fact]
    public void A_streamed_response_sends_the_call_whole_and_again_at_its_end()
    {
        var events = Events(new ResponsesProtocol());

        events.Select(e => e.GetProperty("type").GetString()).ShouldBe(["response.created", "response.output_item.added", "response.function_call_arguments.done", "response.output_item.done", "response.completed"]);
        ShouldSayNo(events[3].GetProperty("item"));
        ShouldSayNo(events[4].GetProperty("response").GetProperty("output")[0]);
    }

    private static void ShouldSayNo(JsonElement call)
    {
        call.GetProperty("name").GetString().ShouldBe("attempt_completion");
        using var arguments = JsonDocument.Parse(call.GetProperty("arguments").GetString()!);
        arguments.RootElement.EnumerateObject().Single().ShouldSatisfyAllConditions(a => a.Name.ShouldBe("result"), a => a.Value.GetString().ShouldBe("no \"more\""));
    }

    private static JsonElement Plain(WireProtocol wire) => Parse(Encoding.UTF8.GetString(wire.ClosingTurn(new("call_1", "m", "no \"more\"", Stream: false, 7), done)));

    private static List<JsonElement> Events(WireProtocol wire) =>
    [
        .. from line in Encoding.UTF8.GetString(wire.ClosingTurn(new("call_1", "m", "no \"more\"", Stream: true, 7), done)).Split('\n')
           where line.StartsWith("data: {", StringComparison.Ordinal)
           select Parse(line[6..]),
    ];

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
