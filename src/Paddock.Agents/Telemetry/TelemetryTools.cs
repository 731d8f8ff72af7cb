using Paddock.Core.Agents;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Telemetry;

/// <summary>A tool's end, from the facts that all agents' tool records have under the same names.</summary>
internal static class TelemetryTools
{
    public static TaskSignal Ended(IAgentDialect dialect, EventFacts facts, ToolResult result) => new(TaskSignalKind.ToolEnded)
    {
        ToolCall = facts.Text("toolCall"),
        Tool = facts.Text("tool"),
        Class = ClassOf(dialect, facts),
        Result = result,
    };

    /// <summary>By whether it says that it went well; a record that does not say it ended.</summary>
    public static ToolResult ResultOf(EventFacts facts) => facts.Flag("success") is false ? ToolResult.Failure : ToolResult.Success;

    private static ToolClass ClassOf(IAgentDialect dialect, EventFacts facts)
    {
        if (facts.Text("mcpServer") is not null)
        {
            return ToolClass.Mcp;
        }

        return facts.Text("tool") is not { } tool ? ToolClass.Other
            : dialect.Tools.TryGetValue(tool, out var own) || dialect.Tools.TryGetValue($"{facts.Text("namespace")}.{tool}", out own) ? own.Class
            : tool.StartsWith("mcp__", StringComparison.Ordinal) || dialect.McpOf(tool) is not null ? ToolClass.Mcp
            : ToolClass.Other;
    }
}
