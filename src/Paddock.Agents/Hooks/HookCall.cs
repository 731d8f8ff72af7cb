using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Hooks;

/// <summary>A call as an agent's hook tells it. All of it is asserted.</summary>
internal sealed record HookCall
{
    public required string Tool { get; init; }

    public McpToolName? Mcp { get; init; }

    public string? CallId { get; init; }

    /// <summary>UTF-8: a JSON object or free text.</summary>
    public required byte[] Arguments { get; init; }

    public bool IsFree { get; init; }

    /// <summary>The agent's own session id, the same that its model calls carry where they carry one.</summary>
    public string? Session { get; init; }

    public string? Version { get; init; }

    public string? Folder { get; init; }

    public string? Model { get; init; }

    /// <param name="mode">The working mode, when a header says it.</param>
    /// <param name="repository">The repository, when a header says it.</param>
    public OutsideCall For(Caller caller, string agent, string? mode, string? repository) => new()
    {
        Caller = caller,
        Task = new TaskFacts { Agent = agent, AgentVersion = Version, NativeTask = Session, Mode = mode, Repository = repository },
        Tool = Tool,
        Mcp = Mcp,
        CallId = CallId,
        Arguments = Arguments,
        IsFree = IsFree,
        WorkingDirectory = Folder,
        Model = Model,
        Holds = true,
    };
}
