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

    /// <summary>Tools that a provider defines and the client runs, whoever the agent is (Anthropic's text editor).</summary>
    private static readonly KeyValuePair<string, ToolShape>[] ofProviders =
    [
        new("str_replace_based_edit_tool", new(ToolClass.Edit) { Paths = ["path"] }),
        new("str_replace_editor", new(ToolClass.Edit) { Paths = ["path"] }),
    ];

    private readonly FrozenDictionary<string, ToolShape> all = dialects.SelectMany(static dialect => dialect.Tools).Concat(ofProviders)
        .GroupBy(static tool => tool.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(static tools => tools.Key, static tools => Together([.. tools.Select(static tool => tool.Value).OrderBy(Looseness)]), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> spellings = dialects
        .ToFrozenDictionary(static dialect => dialect.Agent, static dialect => SpellingsOf(dialect.Tools.Keys), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> anySpelling = SpellingsOf(dialects.SelectMany(static dialect => dialect.Tools.Keys));

    /// <summary>
    /// The tool that an agent runs under a name. opencode and Kilo look for one that they do not have in small letters, Kilo also without
    /// the blanks around it, so that <c>BASH</c> is their <c>bash</c>; of no agent two tools differ in that only.
    /// </summary>
    public string Meant(IAgentDialect? dialect, string name)
    {
        if (dialect is not null)
        {
            if (dialect.Tools.ContainsKey(name))
            {
                return name;
            }

            if (spellings.GetValueOrDefault(dialect.Agent)?.GetValueOrDefault(name.Trim()) is { } own)
            {
                return own;
            }
        }

        return all.ContainsKey(name) ? name : anySpelling.GetValueOrDefault(name.Trim(), name);
    }

    /// <param name="type">The wire's word for the kind of call, for items that are tools of their own.</param>
    public ToolShape Of(IAgentDialect? dialect, string name, string? type)
    {
        name = Meant(dialect, name);
        if (dialect is not null && dialect.Tools.TryGetValue(name, out var own))
        {
            return own;
        }

        return Mcp(name) ?? all.GetValueOrDefault(name) ?? (dialect?.McpOf(name) is { } mcp ? new ToolShape(ToolClass.Mcp) { Mcp = mcp } : null) ?? (type is null ? null : all.GetValueOrDefault(type)) ?? ToolShape.Unknown;
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

    private static FrozenDictionary<string, string> SpellingsOf(IEnumerable<string> names) =>
        names.DistinctBy(static name => name, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(static name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The strictest, which names its files and addresses as any of them does.</summary>
    private static ToolShape Together(ToolShape[] shapes)
    {
        var alike = shapes.Where(shape => shape.Class == shapes[0].Class).ToArray();
        return shapes[0] with { Paths = [.. alike.SelectMany(static shape => shape.Paths).Distinct()], Urls = [.. alike.SelectMany(static shape => shape.Urls).Distinct()] };
    }

    private static int Looseness(ToolShape shape) => shape.Class switch
    {
        ToolClass.Command => 0,
        ToolClass.Edit => 1,
        _ => shape.Mutating ? 2 : 3,
    };
}
