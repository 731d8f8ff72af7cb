using Paddock.Core.Identity;
using Paddock.Core.Tools;

namespace Paddock.Core.Containments;

/// <summary>
/// Whom and what a containment stops: all that is named here must be true of a call, what is not named may be anything. Names are compared
/// without regard to case, because a selector only tightens; those of models and tools may end in <c>*</c>, which stands for anything.
/// </summary>
public sealed record ContainmentSelector
{
    public PrincipalId? User { get; init; }

    public KeyId? Key { get; init; }

    /// <summary>What the call says of its agent, or its key pins.</summary>
    public string? Agent { get; init; }

    /// <summary>Paddock's task id, or the agent's own; stops the tasks that were begun by this one as well.</summary>
    public string? Task { get; init; }

    /// <summary>The model as asked for, or as its provider calls it.</summary>
    public string? Model { get; init; }

    public string? Provider { get; init; }

    /// <summary>The tool as the agent names it, or <c>server/tool</c> of an MCP server. With it, model calls go on and calls of the tool are refused.</summary>
    public string? Tool { get; init; }

    /// <summary>Nothing is named, which would stop everything: no selector.</summary>
    public bool IsEmpty => this is { User: null, Key: null, Agent: null, Task: null, Model: null, Provider: null, Tool: null };

    /// <summary>Whether the call is one of those; of its tools nothing is asked.</summary>
    public bool Fits(in ContainmentFacts call) =>
        (User is not { } user || user == call.User)
        && (Key is not { } key || key == call.Key)
        && (Agent is null || Is(Agent, call.Agent))
        && (Task is null || Is(Task, call.Task) || Is(Task, call.NativeTask) || Is(Task, call.ParentTask) || Is(Task, call.NativeParentTask))
        && (Model is null || Takes(Model, call.Model) || Takes(Model, call.UpstreamModel))
        && (Provider is null || Is(Provider, call.Provider));

    /// <summary>Whether it names this tool, or may: of a server whose tools are not told, any that it names of them.</summary>
    /// <param name="tool">As the agent names it.</param>
    /// <param name="mcp">Its MCP server and its name there; null for the agent's own tools.</param>
    public bool FitsTool(string tool, McpToolName? mcp) => Tool is { } named && (mcp is { Tool: McpToolName.Any }
        ? MayTake(named, tool.AsSpan().TrimEnd('*')) || MayTake(named, mcp.Server + "/")
        : Takes(named, tool) || (mcp is not null && Takes(named, mcp)));

    private static bool Is(string named, string? text) => string.Equals(named, text, StringComparison.OrdinalIgnoreCase);

    private static bool Takes(string pattern, string? text) => text is not null && Takes(pattern.AsSpan(), text.AsSpan());

    private static bool Takes(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text) =>
        pattern is [.., '*'] ? text.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) : text.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    /// <param name="beginning">Of what may be there.</param>
    private static bool MayTake(ReadOnlySpan<char> pattern, ReadOnlySpan<char> beginning) =>
        pattern.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) || (pattern is [.., '*'] && beginning.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase));

    /// <summary>The server's name ends at its length, wherever a slash stands in it.</summary>
    private static bool Takes(ReadOnlySpan<char> pattern, McpToolName mcp)
    {
        var server = mcp.Server.Length;
        return pattern is ['*'] || (pattern.Length > server && pattern[server] == '/' && pattern.StartsWith(mcp.Server, StringComparison.OrdinalIgnoreCase) && Takes(pattern[(server + 1)..], mcp.Tool));
    }
}
