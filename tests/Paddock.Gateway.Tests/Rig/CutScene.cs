using Paddock.Core.Models;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>What must become of a stream.</summary>
public enum Ending
{
    /// <summary>The client has every byte as it was sent.</summary>
    Same,
    /// <summary>The client has a whole answer in which nothing of the refused arguments is.</summary>
    Refused,
    /// <summary>The answer ends with the wire's own error, and what the client has of it cannot be run.</summary>
    Broken,
}

/// <summary>
/// Answers with tool calls as providers send them, and odder. Arguments that must not get out are written in Greek, in letters and in
/// escapes; nothing else in these streams is, so that a single letter tells.
/// </summary>
public sealed record CutScene(string Name, Ending Ending, bool? Yes = null)
{
    private const string Greek = """{"command":"ζεβρα","ζ":["ε",{"β":"\u03b6\u03b5\u03b2\u03c1\u03b1"}],"why":"forbidden"}""";
    private const string EarlyEdit = """{"path":"ok","text":"one two three four \ud83d\ude00 \"}\" five"}""";

    private static readonly double[] places = [0.1, 0.2, 0.35, 0.5, 0.55, 0.8, 0.95];

    public static readonly CutScene[] All =
    [
        new("allowed", Ending.Same),
        new("denied", Ending.Refused),
        new("held and approved", Ending.Same, Yes: true),
        new("held and refused", Ending.Refused, Yes: false),
        new("parallel", Ending.Refused),
        new("interleaved", Ending.Refused),
        new("taken out", Ending.Refused),
        new("unknown events, allowed", Ending.Same),
        new("unknown events, denied", Ending.Refused),
        new("text after the call, allowed", Ending.Same),
        new("text after the call, denied", Ending.Refused),
        new("a member twice behind what was allowed", Ending.Broken),
        new("a broken end behind what was allowed", Ending.Broken),
        new("arguments that go on after the end", Ending.Broken),
    ];

    public static TheoryData<string, Wire> Names
    {
        get
        {
            var data = new TheoryData<string, Wire>();
            foreach (var scene in All)
            {
                data.Add(scene.Name, Wire.OpenAiChat);
                data.Add(scene.Name, Wire.OpenAiResponses);
                data.Add(scene.Name, Wire.AnthropicMessages);
            }

            return data;
        }
    }

    public static CutScene Of(string name) => All.Single(scene => scene.Name == name);

    internal WordJudge Judge() => new();

    /// <summary>Whether anything of what is written in Greek is in a text, however it is escaped.</summary>
    public static bool Leaks(string text) => text.Any(static letter => letter is >= 'Ͱ' and <= 'Ͽ') || text.Contains("u03", StringComparison.OrdinalIgnoreCase) || text.Contains(WordJudge.Forbidden, StringComparison.Ordinal);

    public List<EventText> Events(Wire wire)
    {
        var edit = new MadeCall("call_0", "edit", EarlyEdit, places);
        var greek = new MadeCall("call_1", "bash", Greek, places);
        var list = new MadeCall("call_2", "bash", """{"command":"ls"}""", [0.5]);
        return Name switch
        {
            "allowed" => ToolStreams.Write(wire, [edit, list], "some text"),
            "denied" => ToolStreams.Write(wire, [greek], "some text"),
            "held and approved" => ToolStreams.Write(wire, [edit, list with { Name = "ask" }, edit with { Id = "call_3" }], "some text"),
            "held and refused" => ToolStreams.Write(wire, [edit, greek with { Name = "ask", Arguments = Greek.Replace(WordJudge.Forbidden, "x", StringComparison.Ordinal) }, list], "some text"),
            "parallel" => ToolStreams.Write(wire, [edit, greek, list, greek with { Id = "call_3", Places = [] }, edit with { Id = "call_4" }], "some text"),
            "interleaved" => Interleave(wire, ToolStreams.Write(wire, [edit, greek, list], "some text")),
            "taken out" => ToolStreams.Write(wire, [list, greek with { Name = "delete_it" }], ""),
            "unknown events, allowed" => WithUnknown(wire, ToolStreams.Write(wire, [edit, list], "some text"), "x"),
            "unknown events, denied" => WithUnknown(wire, ToolStreams.Write(wire, [greek, list], "some text"), wire is Wire.OpenAiResponses ? "ζεβρα" : "x"),
            "text after the call, allowed" => WithTextAfter(wire, ToolStreams.Write(wire, [edit], "some text")),
            "text after the call, denied" => WithTextAfter(wire, ToolStreams.Write(wire, [greek], "some text")),
            "a member twice behind what was allowed" => ToolStreams.Write(wire, [edit with { Arguments = """{"path":"ok","text":"x","path":"ζεβρα"}""" }], "some text"),
            "a broken end behind what was allowed" => ToolStreams.Write(wire, [edit with { Arguments = """{"path":"ok","text":ζεβρα}""" }], "some text"),
            _ => WithLatePiece(wire, ToolStreams.Write(wire, [list with { Arguments = "" }], "some text")),
        };
    }

    /// <summary>Pieces of different calls take turns; in chat the second call is another choice's.</summary>
    private static List<EventText> Interleave(Wire wire, List<EventText> events)
    {
        int CallOf(EventText one) => Enumerable.Range(0, 3).FirstOrDefault(call => wire switch
        {
            Wire.OpenAiChat => one.Lines[^1].Contains($"\"tool_calls\":[{{\"index\":{call}", StringComparison.Ordinal),
            Wire.OpenAiResponses => one.Lines[^1].Contains($"\"output_index\":{call + 1}", StringComparison.Ordinal),
            _ => one.Lines[^1].Contains($"\"index\":{call + 1}", StringComparison.Ordinal),
        }, -1);
        var first = events.FindIndex(one => CallOf(one) >= 0);
        var last = events.FindLastIndex(one => CallOf(one) >= 0);
        var groups = events[first..(last + 1)].GroupBy(CallOf).Select(group => group.ToList()).ToList();
        var mixed = Enumerable.Range(0, groups.Max(group => group.Count)).SelectMany(i => groups.Where(group => i < group.Count).Select(group => group[i])).ToList();
        if (wire is Wire.OpenAiChat)
        {
            mixed = mixed.ConvertAll(one => CallOf(one) == 1 ? one with { Lines = [one.Lines[0].Replace("""{"index":0,"delta":{"tool_calls":[{"index":1""", """{"index":1,"delta":{"tool_calls":[{"index":0""", StringComparison.Ordinal)] } : one);
            mixed.Add(new(["data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"]));
        }

        return [.. events[..first], .. mixed, .. events[(last + 1)..]];
    }

    /// <summary>Events and members that nobody knows, and comments, between all others.</summary>
    private static List<EventText> WithUnknown(Wire wire, List<EventText> events, string said)
    {
        EventText[] unknown = wire switch
        {
            Wire.OpenAiChat => [new(["data: {\"choices\":[],\"never\":\"heard\"}"]), new([": keep-alive"])],
            Wire.OpenAiResponses => [new(["event: response.never.heard", $"data: {{\"type\":\"response.never.heard\",\"output_index\":1,\"x\":\"{said}\"}}"]), new([": keep-alive"])],
            _ => [new(["event: never_heard", "data: {\"type\":\"never_heard\",\"index\":1}"]), new(["event: ping", "data: {\"type\": \"ping\"}"])],
        };
        var from = events.FindIndex(one => one.Lines[^1].Contains("call_", StringComparison.Ordinal)) + 1;
        return [.. events[..from], .. events[from..^1].SelectMany((one, i) => (EventText[])[one, unknown[i % 2]]), events[^1]];
    }

    private static List<EventText> WithTextAfter(Wire wire, List<EventText> events)
    {
        EventText[] text = wire switch
        {
            Wire.OpenAiChat => [new(["data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"after\"}}]}"])],
            Wire.OpenAiResponses => [new(["event: response.output_text.delta", "data: {\"type\":\"response.output_text.delta\",\"output_index\":2,\"item_id\":\"msg2\",\"delta\":\"after\"}"])],
            _ => [new(["event: content_block_start", "data: {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"]), new(["event: content_block_delta", "data: {\"type\":\"content_block_delta\",\"index\":2,\"delta\":{\"type\":\"text_delta\",\"text\":\"after\"}}"]), new(["event: content_block_stop", "data: {\"type\":\"content_block_stop\",\"index\":2}"])],
        };
        return Before(wire, events, text);
    }

    /// <summary>A call without arguments has ended, as far as anybody can tell; then they come.</summary>
    private static List<EventText> WithLatePiece(Wire wire, List<EventText> events)
    {
        var quoted = ToolStreams.Quote("""{"command":"ζεβρα"}""");
        if (wire is Wire.OpenAiChat)
        {
            var finish = events.FindIndex(one => one.Lines[0].Contains("finish_reason", StringComparison.Ordinal));
            return [.. events[..(finish + 1)], new([$$"""data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":{{quoted}} } }] } }] }"""]), .. events[(finish + 1)..]];
        }

        return Before(wire, events, wire is Wire.OpenAiResponses
            ? new EventText(["event: response.function_call_arguments.delta", $$"""data: {"type":"response.function_call_arguments.delta","output_index":1,"delta":{{quoted}} }"""])
            : new(["event: content_block_delta", $$"""data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":{{quoted}} } }"""]));
    }

    /// <summary>Before the events that end the answer.</summary>
    private static List<EventText> Before(Wire wire, List<EventText> events, params EventText[] more)
    {
        var end = events.FindIndex(one => one.Lines[^1].Contains(wire switch { Wire.OpenAiChat => "finish_reason", Wire.OpenAiResponses => "response.completed", _ => "message_delta" }, StringComparison.Ordinal));
        return [.. events[..end], .. more, .. events[end..]];
    }
}
