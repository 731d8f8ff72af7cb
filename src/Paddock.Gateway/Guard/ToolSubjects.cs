using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Gateway.Guard;

/// <summary>One tool call as the rules see it, and what its arguments say.</summary>
internal sealed record ReadCall(PolicySubject Subject, ToolArguments Arguments);

/// <summary>Puts together what is known of a tool call.</summary>
internal static class ToolSubjects
{
    private static readonly ShellLine unseen = new() { Legibility = Legibility.Opaque, OpaqueBecause = "its command cannot be told from its arguments" };

    public static ReadCall Read(Exchange exchange, GuardedCall call)
    {
        var arguments = ToolArguments.Read(call.Shape, call.Arguments.Bytes, call.Arguments.IsFree);
        var said = new CallArguments(call.Shape.Class)
        {
            Line = LineOf(call.Shape, arguments),
            Paths = arguments.Paths,
            Hosts = arguments.Hosts,
            WorkingDirectory = arguments.WorkingDirectory,
        };
        var facts = Known(exchange, call);
        facts.Set(Fact.CallText, arguments.Text);
        return new(new(facts, said, Pins(exchange)) { PrincipalId = exchange.Caller!.Principal.Id.Value }, arguments); // identified before
    }

    /// <summary>What is known of a call before its arguments are whole.</summary>
    /// <param name="path">The one file it names; null while it has named none.</param>
    public static PolicySubject ReadSoFar(Exchange exchange, GuardedCall call, string? path) =>
        new(Known(exchange, call), new(call.Shape.Class) { Paths = path is null ? [] : [path] }, Pins(exchange)) { PrincipalId = exchange.Caller!.Principal.Id.Value }; // identified before

    private static ShellLine? LineOf(ToolShape shape, ToolArguments arguments) => shape.Class is not ToolClass.Command ? null
        : arguments is { IsOdd: false, CommandLine: { } line } ? ShellReader.Read(line, shape.Shell)
        : unseen;

    private static FactValues Known(Exchange exchange, GuardedCall call)
    {
        var (principal, key) = (exchange.Caller!.Principal, exchange.Caller.Key); // identified before
        var task = exchange.Task;
        var facts = new FactValues();
        facts.Set(Fact.CallId, call.Id);
        facts.Set(Fact.CallTool, call.Name);
        facts.Set(Fact.CallMutating, call.Shape.Mutating);
        facts.Set(Fact.McpServer, call.Shape.Mcp?.Server);
        facts.Set(Fact.McpTool, call.Shape.Mcp?.Tool);
        facts.Set(Fact.UserId, principal.Name);
        facts.Set(Fact.UserTeams, [.. principal.Teams]);
        facts.Set(Fact.KeyId, key.Id.ToString());
        facts.Set(Fact.KeyEnvironment, key.Scopes.Environment.Length == 0 ? null : key.Scopes.Environment);
        facts.Set(Fact.AgentId, task.Agent);
        facts.Set(Fact.AgentName, task.AgentVersion is null ? task.Agent : $"{task.Agent} {task.AgentVersion}");
        facts.Set(Fact.TaskId, exchange.TaskId);
        facts.Set(Fact.TaskMode, task.Mode);
        facts.Set(Fact.TaskRepository, task.Repository);
        facts.Set(Fact.ModelName, exchange.Request.Model);
        facts.Set(Fact.ModelProvider, exchange.ServedBy?.Name);
        return facts;
    }

    private static KeyPins Pins(Exchange exchange)
    {
        var scopes = exchange.Caller!.Key.Scopes; // identified before
        return (scopes.PinnedAgent is null ? KeyPins.None : KeyPins.Agent) | (scopes.PinnedMode is null ? KeyPins.None : KeyPins.Mode) | (scopes.PinnedRepository is null ? KeyPins.None : KeyPins.Repository);
    }
}
