using System.Collections.Frozen;
using Paddock.Core.Agents;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Authoring;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Control.Policies;

/// <summary>Makes the call that an input describes: what its tool is, by the agent's own table, and what its words say.</summary>
public sealed class DescribedCalls(ToolShapes shapes, IEnumerable<IAgentDialect> dialects)
{
    private readonly FrozenDictionary<string, IAgentDialect> byAgent = dialects.ByName();

    /// <returns>The call, or why there is none; the field at fault, and the message.</returns>
    public (DescribedCall? Call, string Field, string Message) Read(ExplainInput input)
    {
        var pins = KeyPins.None;
        foreach (var pin in input.Pins)
        {
            if (!Enum.TryParse<KeyPins>(pin, ignoreCase: true, out var one) || one is not (KeyPins.Agent or KeyPins.Mode or KeyPins.Repository))
            {
                return (null, "pins", "A key pins 'agent', 'mode' or 'repository'.");
            }

            pins |= one;
        }

        if (input is { Command: null, Tool: null, Class: null })
        {
            return (null, "command", "Describe the call: 'command' for a command line, or 'tool' or 'class' for another.");
        }

        var shape = input.Tool is { } tool ? shapes.Of(byAgent.GetValueOrDefault(input.Agent ?? ""), tool, type: null) : ToolShape.Unknown;
        if (input.Command is null && input.Class is null && shape.Class is ToolClass.Command)
        {
            return (null, "command", "This tool runs a command line: give it.");
        }

        var call = new DescribedCall { Command = input.Command, Dialect = shape.Class is ToolClass.Command ? shape.Shell : ShellDialect.Posix, Pins = pins };
        call = Facts(input, shape).Aggregate(call, (told, fact) => told.With(fact.Name, fact.Value));
        return (input.Paths.Count == 0 ? call : call with { Facts = call.Facts.Add(new(FactTable.Of(Fact.CallPaths).Name, [.. input.Paths])) }, "", "");
    }

    /// <summary>In this order: a later one wins, so what is stated plainly wins over what is told from the tool.</summary>
    private static IEnumerable<(string Name, string Value)> Facts(ExplainInput input, ToolShape shape)
    {
        var tool = input.Command is null && input.Class is null ? ToolClassNames.Of(shape.Class) : input.Class;
        var mutating = input.Command is not null || (input.Class is { } named && ToolClassNames.All.IndexOf(named) is >= 0 and var index ? new ToolShape((ToolClass)index).Mutating : shape.Mutating);
        var facts = new (Fact Fact, string? Value)[]
        {
            (Fact.CallTool, input.Tool), (Fact.CallClass, tool), (Fact.CallMutating, mutating ? "true" : "false"), (Fact.McpServer, shape.Mcp?.Server), (Fact.McpTool, shape.Mcp?.Tool),
            (Fact.AgentId, input.Agent), (Fact.AgentName, input.Agent), (Fact.TaskMode, input.Mode), (Fact.TaskRepository, input.Repository), (Fact.UserId, input.User),
        };
        foreach (var (fact, value) in facts)
        {
            if (value is { Length: > 0 })
            {
                yield return (FactTable.Of(fact).Name, value);
            }
        }

        foreach (var (name, value) in input.Facts)
        {
            yield return (name, value);
        }
    }
}
