using System.Text.Json;
using Paddock.Core.Tools;

namespace Paddock.Agents.Hooks;

/// <summary>What came of a tool call, by flags and exit codes beside its output. The output is not looked at.</summary>
internal static class HookResult
{
    public static readonly ToolResult Unknown = new(ToolEnd.Unknown);

    /// <summary>By what stands in a member that holds the tool's answer.</summary>
    /// <returns>Null when nothing there tells how it went.</returns>
    public static ToolResult? In(JsonElement body, string answer)
    {
        var said = HookBody.Part(body, answer);
        return (Whole(said, "exit_code") ?? Whole(said, "exitCode")) is { } code ? ToolResult.OfExit(code)
            : Flag(said, "interrupted") is true ? Unknown // its person broke it off
            : Flag(said, "is_error") is true || Flag(said, "isError") is true || Flag(said, "success") is false || HasError(said) ? ToolResult.Failure
            : Flag(said, "is_error") is false || Flag(said, "isError") is false || Flag(said, "success") is true ? ToolResult.Success
            : null;
    }

    public static bool? Flag(JsonElement body, string members) => HookBody.Value(body, members)?.Flag;

    public static int? Whole(JsonElement body, string members) => HookBody.Value(body, members) is { Text: null, Whole: { } number and >= int.MinValue and <= int.MaxValue } ? (int)number : null;

    /// <summary>Whether there is an error: a text, or what describes one.</summary>
    private static bool HasError(JsonElement said) => said.ValueKind is JsonValueKind.Object && said.TryGetProperty("error", out var error) && error.ValueKind switch
    {
        JsonValueKind.Object => true,
        JsonValueKind.String => !error.ValueEquals(""),
        _ => false,
    };
}
