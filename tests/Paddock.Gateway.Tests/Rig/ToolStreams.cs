using System.Globalization;
using System.Text;
using CsCheck;
using Paddock.Core.Models;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>A tool call as a model makes it.</summary>
/// <param name="Places">Where its arguments are cut, as shares of their length.</param>
public sealed record MadeCall(string Id, string Name, string Arguments, double[] Places)
{
    public IEnumerable<string> Pieces()
    {
        int[] at = [0, .. Places.Select(place => (int)(place * Arguments.Length)).Order(), Arguments.Length];
        return at.Zip(at.Skip(1), (from, to) => Arguments[from..to]);
    }
}

/// <summary>An answer with text and tool calls, written as each wire does.</summary>
public static class ToolStreams
{
    /// <summary>Texts that are Unicode.</summary>
    public static Gen<string> Texts { get; } = JsonTexts.Texts.Select(static text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static readonly Gen<string> Arguments = Gen.OneOf(
        Gen.OneOfConst("{}", "", """{"a":1}""", """{"path":"ok","text":"x"}""", """{"command":"ls"}""", """{"command":"forbidden secret-tail"}""", """{ "deep" : {"x":["forbidden",{"y":"secret-tail"}]} , "n":1e9 , "z":null }"""),
        Texts.Select(text => $$"""{"command":{{JsonTexts.Encode(text)}},"why":"forbidden secret-tail"}"""),
        Texts.Select(text => $$"""{"text":{{JsonTexts.Encode(text)}},"path":"ok"}"""));

    private static readonly Gen<(string Name, string Arguments, double[] Places)> Call =
        Gen.Select(Gen.OneOfConst("bash", "bash", "edit", "edit", "delete_it"), Arguments, Gen.Double[0, 1].Array[0, 6]);

    public static Gen<MadeCall[]> Calls { get; } = Call.Array[0, 4].Select(calls => calls.Select((call, i) => new MadeCall($"call_{i}", call.Name, call.Arguments, call.Places)).ToArray());

    /// <summary>Whole events, in the order of the wire.</summary>
    public static List<EventText> Write(Wire wire, IReadOnlyList<MadeCall> calls, string text) => wire switch
    {
        Wire.OpenAiChat => Chat(calls, text),
        Wire.OpenAiResponses => Responses(calls, text),
        _ => Messages(calls, text),
    };

    /// <summary>The same answer in one piece.</summary>
    public static string WritePlain(Wire wire, IReadOnlyList<MadeCall> calls, string text) => wire switch
    {
        Wire.OpenAiChat => $$$"""{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{Quote(text)}}},"tool_calls":[{{{string.Join(',', calls.Select(call => $$"""{"id":"{{call.Id}}","type":"function","function":{"arguments":{{Quote(call.Arguments)}},"name":"{{call.Name}}"} }"""))}}} ] },"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""",
        Wire.OpenAiResponses => $$"""{"id":"r","model":"m","status":"completed","output":[{{string.Join(',', (string[])[Message(text), .. calls.Select(call => Item(call, call.Arguments, "completed"))])}}],"usage":{"input_tokens":10,"output_tokens":5} }""",
        _ => $$$"""{"id":"msg","type":"message","model":"m","content":[{{{string.Join(',', (string[])[$$"""{"type":"text","text":{{Quote(text)}}}""", .. calls.Select(call => $$"""{"type":"tool_use","id":"{{call.Id}}","name":"{{call.Name}}","input":{{(call.Arguments.Length == 0 ? "{}" : call.Arguments)}}}""")])}}}],"stop_reason":"tool_use","usage":{"input_tokens":10,"output_tokens":5}}""",
    };

    private static List<EventText> Chat(IReadOnlyList<MadeCall> calls, string text)
    {
        List<EventText> events = [Data("""{"id":"c","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"""), Data($$"""{"choices":[{"delta":{"content":{{Quote(text)}}},"index":0}]}""")];
        for (var i = 0; i < calls.Count; i++)
        {
            var first = true;
            foreach (var piece in calls[i].Pieces())
            {
                var head = first ? $$"""
                    "id":"{{calls[i].Id}}","type":"function","function":{"name":"{{calls[i].Name}}","arguments":
                    """ : "\"function\":{\"arguments\":";
                first = false;
                events.Add(Data($$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":{{i}},{{head.Trim()}}{{Quote(piece)}} } }] } }] }"""));
            }
        }

        events.Add(Data("""{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"""));
        events.Add(Data("""{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}"""));
        events.Add(Data("[DONE]"));
        return events;
    }

    private static List<EventText> Messages(IReadOnlyList<MadeCall> calls, string text)
    {
        List<EventText> events =
        [
            Named("message_start", """{"type":"message_start","message":{"id":"m","model":"m","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}"""),
            Named("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
            Named("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quote(text)}}}}}"""),
            Named("content_block_stop", """{"type":"content_block_stop","index":0}"""),
        ];
        for (var i = 0; i < calls.Count; i++)
        {
            events.Add(Named("content_block_start", $$$"""{"type":"content_block_start","index":{{{i + 1}}},"content_block":{"type":"tool_use","id":"{{{calls[i].Id}}}","name":"{{{calls[i].Name}}}","input":{} } }"""));
            events.AddRange(calls[i].Pieces().Where(piece => calls[i].Arguments.Length > 0).Select(piece => Named("content_block_delta", $$"""{"type":"content_block_delta","index":{{i + 1}},"delta":{"partial_json":{{Quote(piece)}},"type":"input_json_delta"} }""")));
            events.Add(Named("content_block_stop", $$"""{"type":"content_block_stop","index":{{i + 1}}}"""));
        }

        events.Add(Named("message_delta", """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}}"""));
        events.Add(Named("message_stop", """{"type":"message_stop"}"""));
        return events;
    }

    private static List<EventText> Responses(IReadOnlyList<MadeCall> calls, string text)
    {
        List<EventText> events =
        [
            Named("response.created", """{"type":"response.created","response":{"id":"r","model":"m","output":[],"status":"in_progress"}}"""),
            Named("response.output_item.added", """{"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"msg","content":[]}}"""),
            Named("response.output_text.delta", $$"""{"type":"response.output_text.delta","output_index":0,"item_id":"msg","delta":{{Quote(text)}} }"""),
            Named("response.output_item.done", $$"""{"type":"response.output_item.done","item":{{Message(text)}},"output_index":0}"""),
        ];
        for (var i = 0; i < calls.Count; i++)
        {
            var (call, at) = (calls[i], i + 1);
            events.Add(Named("response.output_item.added", $$"""{"type":"response.output_item.added","output_index":{{at}},"item":{{Item(call, "", "in_progress")}} }"""));
            events.AddRange(call.Pieces().Select(piece => Named("response.function_call_arguments.delta", $$"""{"type":"response.function_call_arguments.delta","item_id":"fc_{{call.Id}}","output_index":{{at}},"delta":{{Quote(piece)}} }""")));
            events.Add(Named("response.function_call_arguments.done", $$"""{"type":"response.function_call_arguments.done","item_id":"fc_{{call.Id}}","output_index":{{at}},"arguments":{{Quote(call.Arguments)}} }"""));
            events.Add(Named("response.output_item.done", $$"""{"type":"response.output_item.done","output_index":{{at}},"item":{{Item(call, call.Arguments, "completed")}} }"""));
        }

        events.Add(Named("response.completed", $$"""{"type":"response.completed","response":{{WritePlain(Wire.OpenAiResponses, calls, text)}} }"""));
        return events;
    }

    private static string Message(string text) => $$"""{"type":"message","id":"msg","role":"assistant","content":[{"text":{{Quote(text)}},"type":"output_text"}]}""";

    private static string Item(MadeCall call, string arguments, string status) =>
        $$"""{"type":"function_call","id":"fc_{{call.Id}}","call_id":"{{call.Id}}","name":"{{call.Name}}","arguments":{{Quote(arguments)}},"status":"{{status}}"}""";

    /// <summary>Half of a surrogate pair, cut from its other half, stays what it is.</summary>
    public static string Quote(string text) =>
        "\"" + string.Concat(text.Select(c => c is < ' ' or '"' or '\\' || char.IsSurrogate(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString())) + "\"";

    private static EventText Data(string json) => new(["data: " + json]);

    private static EventText Named(string name, string json) => new(["event: " + name, "data: " + json]);
}
