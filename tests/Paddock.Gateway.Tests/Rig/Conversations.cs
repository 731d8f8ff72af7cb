using System.Text;
using Paddock.Core.Models;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>One exchange of a conversation: the model's calls, and what came of each.</summary>
/// <param name="IsError">What the wire says of the result, where it has a word for it.</param>
public sealed record Answered(string Id, string Name, string Arguments, string Result, bool IsError = false);

/// <summary>Requests with a history of tool calls, written as each wire does.</summary>
public static class Conversations
{
    /// <param name="turns">Each a turn of the model with its calls, oldest first.</param>
    public static string Write(Wire wire, params IReadOnlyList<Answered>[] turns) => wire switch
    {
        Wire.OpenAiChat => $$"""{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"go"}{{string.Concat(turns.Select(Chat))}}]}""",
        Wire.AnthropicMessages => $$"""{"model":"m","stream":true,"max_tokens":9,"messages":[{"role":"user","content":"go"}{{string.Concat(turns.Select(Messages))}}]}""",
        _ => $$"""{"model":"m","stream":true,"store":false,"input":[{"role":"user","content":"go"}{{string.Concat(turns.Select(Responses))}}]}""",
    };

    private static string Chat(IReadOnlyList<Answered> turn)
    {
        var calls = string.Join(',', turn.Select(one => $$$"""{"id":"{{{one.Id}}}","type":"function","function":{"name":"{{{one.Name}}}","arguments":{{{ToolStreams.Quote(one.Arguments)}}}}}"""));
        return $$""",{"role":"assistant","content":null,"tool_calls":[{{calls}}]}""" + string.Concat(turn.Select(one => $$""",{"role":"tool","tool_call_id":"{{one.Id}}","content":{{ToolStreams.Quote(one.Result)}}}"""));
    }

    private static string Messages(IReadOnlyList<Answered> turn)
    {
        var calls = string.Join(',', turn.Select(one => $$"""{"type":"tool_use","id":"{{one.Id}}","name":"{{one.Name}}","input":{{one.Arguments}}}"""));
        var results = string.Join(',', turn.Select(one => $$"""{"type":"tool_result","tool_use_id":"{{one.Id}}","is_error":{{(one.IsError ? "true" : "false")}},"content":[{"type":"text","text":{{ToolStreams.Quote(one.Result)}}}]}"""));
        return $$""",{"role":"assistant","content":[{{calls}}]},{"role":"user","content":[{{results}}]}""";
    }

    private static string Responses(IReadOnlyList<Answered> turn)
    {
        var all = new StringBuilder(""",{"type":"reasoning","summary":[],"encrypted_content":"x"}""");
        foreach (var one in turn)
        {
            all.Append($$""",{"type":"function_call","call_id":"{{one.Id}}","name":"{{one.Name}}","arguments":{{ToolStreams.Quote(one.Arguments)}}}""");
        }

        foreach (var one in turn)
        {
            all.Append($$""",{"type":"function_call_output","call_id":"{{one.Id}}","output":{{ToolStreams.Quote(one.Result)}}}""");
        }

        return all.ToString();
    }
}
