using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Matching;
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
        return new(Of(exchange, call, LineOf(call.Shape, arguments), [.. arguments.Paths.Select(path => PathText.Of(path))]), arguments);
    }

    private static ShellLine? LineOf(ToolShape shape, ToolArguments arguments) => shape.Class is not ToolClass.Command ? null
        : arguments is { IsOdd: false, CommandLine: { } line } ? ShellReader.Read(line, shape.Shell)
        : unseen;

    private static PolicySubject Of(Exchange exchange, GuardedCall call, ShellLine? line, ImmutableArray<PathText> paths)
    {
        var (principal, key) = (exchange.Caller!.Principal, exchange.Caller.Key); // identified before
        var task = exchange.Task;
        return new()
        {
            Tool = call.Name,
            Class = call.Shape.Class,
            Line = line,
            Paths = paths,
            McpServer = call.Shape.Mcp?.Server,
            McpTool = call.Shape.Mcp?.Tool,
            Model = exchange.Request.Model,
            Provider = exchange.ServedBy?.Name,
            Principal = principal.Name,
            PrincipalId = principal.Id.Value,
            Teams = principal.Teams,
            Environment = key.Scopes.Environment,
            Agent = task.Agent,
            Mode = task.Mode,
            Repository = task.Repository,
            Pins = (key.Scopes.PinnedAgent is null ? KeyPins.None : KeyPins.Agent) | (key.Scopes.PinnedMode is null ? KeyPins.None : KeyPins.Mode) | (key.Scopes.PinnedRepository is null ? KeyPins.None : KeyPins.Repository),
        };
    }
}
