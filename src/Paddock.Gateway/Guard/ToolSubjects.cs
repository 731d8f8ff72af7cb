using Paddock.Core.Approvals;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Gateway.Guard;

/// <summary>One tool call as the rules see it, and what its arguments say.</summary>
internal sealed record ReadCall(ToolCall Call, PolicySubject Subject, ToolArguments Arguments);

/// <summary>Puts together what is known of a tool call.</summary>
internal static class ToolSubjects
{
    private static readonly ShellLine unseen = new() { Legibility = Legibility.Opaque, OpaqueBecause = "its command cannot be told from its arguments" };

    public static ReadCall Read(ICallOrigin origin, ToolCall call)
    {
        var arguments = ToolArguments.Read(call.Shape, call.Arguments.Span, call.IsFree);
        var said = new CallArguments(call.Shape.Class)
        {
            Line = LineOf(origin, call.Shape, arguments),
            Paths = arguments.Paths,
            Hosts = arguments.Hosts,
            WorkingDirectory = arguments.WorkingDirectory,
        };
        var facts = Known(origin, call.Id, call.Name, call.Shape);
        facts.Set(Fact.CallText, arguments.Text);
        return new(call, new(facts, said, Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value }, arguments);
    }

    /// <summary>What is known of a call before its arguments are whole.</summary>
    /// <param name="path">The one file it names; null while it has named none.</param>
    public static PolicySubject ReadSoFar(ICallOrigin origin, GuardedCall call, string? path) =>
        new(Known(origin, call.Id, call.Name, call.Shape), new(call.Shape.Class) { Paths = path is null ? [] : [path] }, Pins(origin)) { PrincipalId = origin.Caller.Principal.Id.Value };

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

    private static ShellLine? LineOf(ICallOrigin origin, ToolShape shape, ToolArguments arguments) => shape.Class is not ToolClass.Command ? null
        : arguments is { IsOdd: false, CommandLine: { } line } ? ShellReader.Read(line, shape.HasMachinesShell && origin.IsOnWindows ? ShellDialect.Windows : shape.Shell)
        : unseen;

    private static FactValues Known(ICallOrigin origin, string? id, string name, ToolShape shape)
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
        return facts;
    }

    private static KeyPins Pins(ICallOrigin origin)
    {
        var scopes = origin.Caller.Key.Scopes;
        return (scopes.PinnedAgent is null ? KeyPins.None : KeyPins.Agent) | (scopes.PinnedMode is null ? KeyPins.None : KeyPins.Mode) | (scopes.PinnedRepository is null ? KeyPins.None : KeyPins.Repository);
    }
}
