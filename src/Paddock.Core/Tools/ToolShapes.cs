using System.Collections.Frozen;
using Paddock.Core.Agents;

namespace Paddock.Core.Tools;

/// <summary>
/// What tools are, by their names. The agent's own table comes first; which agent it is, it says itself, so a name it does not have is
/// looked for in all others, and the strictest meaning counts.
/// </summary>
public sealed class ToolShapes(IEnumerable<IAgentDialect> dialects)
{
    private static readonly string[] separators = ["__", "--"];

    private readonly FrozenDictionary<string, ToolShape> all = dialects.SelectMany(static dialect => dialect.Tools)
        .GroupBy(static tool => tool.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(static tools => tools.Key, static tools => tools.Select(static tool => tool.Value).OrderBy(Looseness).First(), StringComparer.Ordinal);

    /// <param name="type">The wire's word for the kind of call, for items that are tools of their own.</param>
    public ToolShape Of(IAgentDialect? dialect, string name, string? type)
    {
        if (dialect is not null && dialect.Tools.TryGetValue(name, out var own))
        {
            return own;
        }

        return Mcp(name) ?? all.GetValueOrDefault(name) ?? (type is null ? null : all.GetValueOrDefault(type)) ?? ToolShape.Unknown;
    }

    /// <summary><c>mcp__server__tool</c> (Claude Code, Codex) and <c>mcp--server--tool</c> (Roo Code).</summary>
    private static ToolShape? Mcp(string name)
    {
        foreach (var separator in separators)
        {
            var parts = name.Split(separator, 3);
            if (parts is ["mcp", { Length: > 0 } server, { Length: > 0 } tool])
            {
                return new(ToolClass.Mcp) { Mcp = new(server, tool) };
            }
        }

        return null;
    }

    private static int Looseness(ToolShape shape) => shape.Class switch
    {
        ToolClass.Command => 0,
        ToolClass.Edit => 1,
        _ => shape.Mutating ? 2 : 3,
    };
}
