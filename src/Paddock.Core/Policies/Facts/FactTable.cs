using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paddock.Core.Policies.Facts;

/// <summary>The closed table of facts: whatever is not in it cannot be looked at, and a name that is not in it is a fault of the release.</summary>
public static class FactTable
{
    /// <summary>In the order of <see cref="Fact"/>.</summary>
    public static readonly ImmutableArray<FactInfo> Closed =
    [
        new(Fact.CallId, "call.id", FactType.Text, FactOrigin.Wire, "the provider's id of the call"),
        new(Fact.CallTool, "call.tool", FactType.Text, FactOrigin.Wire, "the tool by the agent's own name"),
        new(Fact.CallClass, "call.class", FactType.Text, FactOrigin.Wire, "command, edit, read, mcp, browser, mode, subtask or other"),
        new(Fact.CallText, "call.text", FactType.Text, FactOrigin.Wire, "the arguments as text"),
        new(Fact.CallArgv, "call.argv", FactType.TextLists, FactOrigin.Derived, "every command of a line, word by word"),
        new(Fact.CallOpaque, "call.opaque", FactType.Flag, FactOrigin.Derived, "the command line cannot be read as a whole"),
        new(Fact.CallHasExpansion, "call.hasExpansion", FactType.Flag, FactOrigin.Derived, "a variable, substitution, glob, brace or tilde stands in the line"),
        new(Fact.CallRunsInput, "call.runsInput", FactType.Flag, FactOrigin.Derived, "an interpreter takes its program from a pipe, a here-document, a substitution or a redirection"),
        new(Fact.CallWritesTo, "call.writesTo", FactType.Texts, FactOrigin.Derived, "files that the line writes, changes or removes"),
        new(Fact.CallEnv, "call.env", FactType.Texts, FactOrigin.Derived, "assignments of the line, each NAME=value"),
        new(Fact.CallHosts, "call.hosts", FactType.Texts, FactOrigin.Derived, "hosts that are named"),
        new(Fact.CallPaths, "call.paths", FactType.Texts, FactOrigin.Derived, "files and folders that are named"),
        new(Fact.CallMutating, "call.mutating", FactType.Flag, FactOrigin.Derived, "the tool changes something outside the agent's memory"),
        new(Fact.McpServer, "mcp.server", FactType.Text, FactOrigin.Catalogue, "the MCP server"),
        new(Fact.McpTool, "mcp.tool", FactType.Text, FactOrigin.Catalogue, "the tool by the server's own name"),
        new(Fact.McpReadOnly, "mcp.readOnly", FactType.Flag, FactOrigin.Catalogue, "the tool changes nothing"),
        new(Fact.McpDestructive, "mcp.destructive", FactType.Flag, FactOrigin.Catalogue, "what the tool does cannot be taken back"),
        new(Fact.UserId, "user.id", FactType.Text, FactOrigin.Verified, "the person's or service account's name"),
        new(Fact.UserTeams, "user.teams", FactType.Texts, FactOrigin.Verified, "teams"),
        new(Fact.UserGroups, "user.groups", FactType.Texts, FactOrigin.Verified, "groups of the identity provider"),
        new(Fact.KeyId, "key.id", FactType.Text, FactOrigin.Verified, "the API key"),
        new(Fact.KeyEnvironment, "key.environment", FactType.Text, FactOrigin.Verified, "the environment that the key is labelled with"),
        new(Fact.AgentId, "agent.id", FactType.Text, FactOrigin.Asserted, "the agent, such as codex"),
        new(Fact.AgentName, "agent.name", FactType.Text, FactOrigin.Asserted, "the agent with its version"),
        new(Fact.ClientStale, "client.stale", FactType.Flag, FactOrigin.Kept, "the client works under settings that are older than its team profile lets them be"),
        new(Fact.TaskId, "task.id", FactType.Text, FactOrigin.Asserted, "the task"),
        new(Fact.TaskMode, "task.mode", FactType.Text, FactOrigin.Asserted, "the agent's working mode"),
        new(Fact.TaskRepository, "task.repository", FactType.Text, FactOrigin.Asserted, "the repository that is worked on"),
        new(Fact.TaskSpend, "task.spend", FactType.Number, FactOrigin.Kept, "US dollars spent by the task's model calls that have ended"),
        new(Fact.TaskTurns, "task.turns", FactType.Number, FactOrigin.Kept, "model calls of the task, the one that asks included"),
        new(Fact.TaskFiles, "task.files", FactType.Number, FactOrigin.Kept, "files the task has changed"),
        new(Fact.TaskSubtasks, "task.subtasks", FactType.Number, FactOrigin.Kept, "subtasks the task has started"),
        new(Fact.TaskTaint, "task.taint", FactType.Texts, FactOrigin.Kept, "what the task has come in touch with: read_secret, read_external"),
        new(Fact.TaskContextAge, "task.contextAge", FactType.Number, FactOrigin.Kept, "seconds since the task's first model call"),
        new(Fact.Mutations5m, "counters.mutations5m", FactType.Number, FactOrigin.Kept, "mutating calls in the last five minutes"),
        new(Fact.ModelName, "model.name", FactType.Text, FactOrigin.Resolved, "the model that was asked for"),
        new(Fact.ModelProvider, "model.provider", FactType.Text, FactOrigin.Resolved, "the provider"),
        new(Fact.ModelRoute, "model.route", FactType.Text, FactOrigin.Resolved, "the route"),
    ];

    /// <summary>Facts of which nothing tells yet: a condition on one would never hold, so it is refused rather than ignored.</summary>
    public static readonly FactMask WithoutSource = FactMask.Of(Fact.McpReadOnly, Fact.McpDestructive, Fact.UserGroups);

    private static readonly FrozenDictionary<string, FactInfo> byName = Closed.ToFrozenDictionary(info => info.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => Closed.Select(info => info.Name);

    public static FactInfo Of(Fact fact) => Closed[(int)fact];

    /// <returns>Null when there is no fact of this name.</returns>
    public static FactInfo? Find(string name) => byName.GetValueOrDefault(name);
}
