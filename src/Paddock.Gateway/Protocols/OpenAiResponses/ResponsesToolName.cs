namespace Paddock.Gateway.Protocols.OpenAiResponses;

/// <summary>One name for a tool that stands in a namespace. Codex offers each MCP server as one, <c>mcp__server</c>, and its hooks say <c>mcp__server__tool</c>.</summary>
internal static class ResponsesToolName
{
    public static string? Of(string? space, string? name) =>
        string.IsNullOrEmpty(space) || name is null ? name
        : !space.StartsWith("mcp__", StringComparison.Ordinal) ? $"{space}.{name}"
        : space.EndsWith("__", StringComparison.Ordinal) ? space + name : $"{space}__{name}";
}
