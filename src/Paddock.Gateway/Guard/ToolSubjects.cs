using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Protocols;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Guard;

/// <summary>One tool call as the rules see it, and what its arguments say.</summary>
internal sealed record ReadCall(ToolCall Call, PolicySubject Subject, ToolArguments Arguments)
{
    /// <summary>Facts of which nobody will hear, because the provider runs the call.</summary>
    public FactMask Unseen { get; init; }

    public PolicyVerdict JudgeBy(PolicySet policies)
    {
        var verdict = new PolicyVerdict();
        if (Unseen == FactMask.None)
        {
            policies.Judge(Subject, ref verdict);
        }
        else
        {
            policies.JudgeUnseen(Subject, Unseen, ref verdict);
        }

        return verdict;
    }

    /// <summary>How much is kept of it. Of what nobody will see there is nothing to keep.</summary>
    public RuleAudit AuditBy(PolicySet policies) => Unseen == FactMask.None ? policies.AuditOf(Subject, Call.Shape.Mutating) : Call.Shape.Mutating ? RuleAudit.OfMutating : RuleAudit.OfReading;
}

/// <summary>Puts together what is known of a tool call.</summary>
internal static class ToolSubjects
{
    private static readonly ShellLine unseenLine = new() { Legibility = Legibility.Opaque, OpaqueBecause = "its command cannot be told from its arguments" };

    public static ReadCall Read(ICallOrigin origin, ToolCall call, LiveTasks tasks)
    {
        var arguments = ToolArguments.Read(call.Shape, call.Arguments.Span, call.IsFree);
        var said = new CallArguments(call.Shape.Class)
        {
            Line = LineOf(origin, call.Shape, arguments),
            Paths = arguments.Paths,
            Hosts = arguments.Hosts,
            WorkingDirectory = arguments.WorkingDirectory,
        };
        var facts = Known(origin, call.Id, call.Name, call.Shape, tasks);
        facts.Set(Fact.CallText, arguments.Text);
        return new(call, new(facts, said, Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value }, arguments);
    }

    /// <summary>What is known of a call before its arguments are whole.</summary>
    /// <param name="path">The one file it names; null while it has named none.</param>
    public static PolicySubject ReadSoFar(ICallOrigin origin, GuardedCall call, string? path, LiveTasks tasks) =>
        new(Known(origin, call.Id, call.Tool, call.Shape, tasks), new(call.Shape.Class) { Paths = path is null ? [] : [path] }, Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value };

    /// <summary>What exactly is called, and by whom; null when it is not the same to every reader.</summary>
    public static ApprovalSubject? SubjectOf(ICallOrigin origin, ReadCall read)
    {
        var (principal, agent, call) = (origin.Caller.Principal.Id.Value, origin.Task.Agent, read.Call);
        return read.Arguments.CommandLine is { } command
            ? ApprovalSubject.OfCommand(principal, agent, origin.TaskId, call.Name, command, read.Arguments.WorkingDirectory)
            : call.IsFree
                ? ApprovalSubject.OfCommand(principal, agent, origin.TaskId, call.Name, read.Arguments.Text, null)
                : ApprovalSubject.OfCall(principal, agent, origin.TaskId, call.Name, call.Arguments.IsEmpty ? "{}"u8.ToArray() : call.Arguments.ToArray(), call.Shape.Presentation);
    }

    /// <summary>What is known of a tool that is offered, before anything is called.</summary>
    public static PolicySubject ReadName(ICallOrigin origin, string name, ToolShape shape, LiveTasks tasks) =>
        new(Known(origin, null, name, shape, tasks), new(shape.Class), Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value };

    /// <summary>What is known of the calls of a tool that the provider runs.</summary>
    /// <param name="mcpTool">The server's tool; <c>*</c> = any.</param>
    /// <param name="definition">As the request offers it: what is asked for when somebody has to say yes.</param>
    public static ReadCall ReadUnseen(ICallOrigin origin, OfferedTool tool, string mcpTool, ReadOnlyMemory<byte> definition, LiveTasks tasks)
    {
        var shape = tool.Runs is { Mcp: { } mcp } server ? server with { Mcp = mcp with { Tool = mcpTool } } : tool.Runs!; // the provider runs it
        var name = shape.Mcp is null ? tool.Name : ProviderTools.McpName(shape.Mcp.Server, mcpTool);
        ImmutableArray<string> hosts = tool.Host is null ? [] : [tool.Host];
        var facts = Known(origin, null, name, shape, tasks);
        var unseen = FactMask.Of(Fact.CallId, Fact.CallText) | (tool.Host is null ? FactMask.Of(Fact.CallHosts) : FactMask.None);
        if (shape.Mcp is { Tool: McpToolName.Any })
        {
            facts.Set(Fact.McpTool, (string?)null);
            unseen |= FactMask.Of(Fact.McpTool);
        }

        var said = new CallArguments(shape.Class) { Line = shape.Class is ToolClass.Command ? unseenLine : null, Hosts = hosts };
        var subject = new PolicySubject(facts, said, Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value };
        return new(new(null, name, shape, definition, IsFree: false), subject, new() { Text = "", Hosts = hosts }) { Unseen = unseen };
    }

    private static ShellLine? LineOf(ICallOrigin origin, ToolShape shape, ToolArguments arguments) => shape.Class is not ToolClass.Command ? null
        : arguments is { IsOdd: false, CommandLine: { } line } ? ShellReader.Read(line, shape.HasMachinesShell && origin.IsOnWindows ? ShellDialect.Windows : shape.Shell)
        : unseenLine;

    private static FactValues Known(ICallOrigin origin, string? id, string name, ToolShape shape, LiveTasks tasks)
    {
        var (principal, key, task) = (origin.Caller.Principal, origin.Caller.Key, origin.Task);
        var facts = new FactValues();
        facts.Set(Fact.CallId, id);
        facts.Set(Fact.CallTool, name);
        facts.Set(Fact.CallMutating, shape.Mutating);
        facts.Set(Fact.McpServer, shape.Mcp?.Server);
        facts.Set(Fact.McpTool, shape.Mcp?.Tool);
        facts.Set(Fact.UserId, principal.Name);
        facts.Set(Fact.UserTeams, [.. principal.Teams]);
        facts.Set(Fact.KeyId, key.Id.ToString());
        facts.Set(Fact.KeyEnvironment, key.Scopes.Environment.Length == 0 ? null : key.Scopes.Environment);
        facts.Set(Fact.AgentId, task.Agent);
        facts.Set(Fact.AgentName, task.AgentVersion is null ? task.Agent : $"{task.Agent} {task.AgentVersion}");
        facts.Set(Fact.TaskId, origin.TaskId);
        facts.Set(Fact.TaskMode, task.Mode);
        facts.Set(Fact.TaskRepository, task.Repository);
        facts.Set(Fact.ModelName, origin.Model);
        facts.Set(Fact.ModelProvider, origin.Provider);
        facts.Set(Fact.ModelRoute, origin.Route);
        ClientCheck.Tell(origin, facts);
        tasks.Tell(origin, facts);
        return facts;
    }

    private static KeyPins Pins(ICallOrigin origin)
    {
        var scopes = origin.Caller.Key.Scopes;
        return (scopes.PinnedAgent is null ? KeyPins.None : KeyPins.Agent) | (scopes.PinnedMode is null ? KeyPins.None : KeyPins.Mode) | (scopes.PinnedRepository is null ? KeyPins.None : KeyPins.Repository);
    }
}
