using System.Globalization;
using CsCheck;
using Paddock.Core.Models;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>One event of a stream as a provider writes it.</summary>
/// <param name="Lines">Without their ends.</param>
/// <param name="Cost">Nano-USD that its usage costs; null when it has none.</param>
public sealed record EventText(string[] Lines, bool UsageOnly = false, long? Cost = null)
{
    public string Write(string lineEnd) => string.Concat(Lines.Select(line => line + lineEnd)) + lineEnd;

    /// <summary>With <c>usage.cost</c> as its last member.</summary>
    public EventText WithCost(long nanoUsd) => this with
    {
        Lines = [.. Lines.Select(line => line.Replace("\"end\":0}", "\"end\":0,\"cost\":" + (nanoUsd / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "}", StringComparison.Ordinal))],
    };
}

/// <summary>Streams of each wire, good and odd.</summary>
public static class EventTexts
{
    private static readonly Gen<EventText> Odd = Gen.OneOf(
        Gen.OneOfConst(": ping", ":", "id: 7", "retry: 3000", "data", "data:", "nonsense", "event: never-heard-of", "data: not json", "data: {\"cut", "data: null", "data: [1]", "data: {\"model\":\"\\ud800\",\"type\":\"\\udfff\",\"error\":{\"type\":\"\\ud800\"}}", "data: {\"\\ud800\":1,\"choices\":[{\"finish_reason\":\"\\ud800\"}]}", "data:  {}", "\ufeffdata: {}").Select(line => new EventText([line])),
        JsonTexts.Values.Where(value => !value.Contains('\n', StringComparison.Ordinal) && !value.Contains('\r', StringComparison.Ordinal)).Select(value => new EventText(["data: " + value])),
        Gen.OneOfConst(new EventText(["data: {\"a\":", "data: 1}"]), new EventText([]), new EventText(["data: [DONE]"]), new EventText(["event: ping", "data: {\"type\": \"ping\"}"])),
        Gen.Int[1_000, 40_000].Select(length => new EventText(["data: {\"filling\":\"" + new string('é', length) + "\"}"])));

    public static Gen<EventText[]> Of(Wire wire) => Gen.OneOf(Odd, wire switch
    {
        Wire.OpenAiChat => Chat,
        Wire.OpenAiResponses => Responses,
        _ => Messages,
    }).Array[0, 12];

    private static readonly Gen<string> Texts = JsonTexts.Texts.Select(JsonTexts.Encode);

    private static readonly Gen<EventText> Chat = Gen.OneOf(
        Texts.Select(text => Data($$"""{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":{{text}}},"finish_reason":null}]}""")),
        Texts.Select(text => Data($$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":{{{text}}}}}]}}]}""")),
        Gen.OneOfConst(
            Data("""{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"""),
            Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            Data("""{"error":{"message":"overloaded","code":529}}""")),
        Gen.Select(Gen.Int[1, 5_000], Gen.Int[0, 5_000], (input, output) => new EventText(
            [$$$"""data: {"choices":[],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"end":0}}"""], UsageOnly: true, Cost: (input * 3_000L) + (output * 15_000L))));

    private static readonly Gen<EventText> Responses = Gen.OneOf(
        Texts.Select(text => Named("response.output_text.delta", $$"""{"type":"response.output_text.delta","delta":{{text}}}""")),
        Texts.Select(text => Named("response.function_call_arguments.delta", $$"""{"type":"response.function_call_arguments.delta","item_id":"i","delta":{{text}}}""")),
        Gen.OneOfConst(
            Named("response.created", """{"type":"response.created","response":{"id":"r","model":"m","status":"in_progress"}}"""),
            Named("response.completed", """{"type":"response.completed","response":{"id":"r","model":"m","status":"completed","usage":{"input_tokens":10,"output_tokens":5}}}"""),
            Named("response.failed", """{"type":"response.failed","response":{"error":{"code":"server_error","message":"m"}}}"""),
            Data("""{"type":"keepalive"}""")));

    private static readonly Gen<EventText> Messages = Gen.OneOf(
        Texts.Select(text => Named("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{text}}}}}""")),
        Texts.Select(text => Named("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":{{{text}}}}}""")),
        Gen.OneOfConst(
            Named("message_start", """{"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":10,"output_tokens":1}}}"""),
            Named("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"""),
            Named("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}"""),
            Named("message_stop", """{"type":"message_stop"}"""),
            Named("error", """{"type":"error","error":{"type":"overloaded_error","message":"m"}}""")));

    private static EventText Data(string json) => new(["data: " + json]);

    private static EventText Named(string name, string json) => new(["event: " + name, "data: " + json]);
}
