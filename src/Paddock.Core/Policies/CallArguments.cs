using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies;

/// <summary>What the arguments of a call say.</summary>
/// <param name="Class">What kind of thing the tool does.</param>
public sealed record CallArguments(ToolClass Class)
{
    /// <summary>The command line; null = none, or none that could be read.</summary>
    public ShellLine? Line { get; init; }

    /// <summary>Files and folders as the arguments name them. Those of the command line come on their own.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Hosts of addresses in the arguments. Those of the command line come on their own.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The folder a command runs in, when the arguments name one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The absolute path of the folder the agent works in, when that is known: what lies below it counts as relative to it.</summary>
    public string? Workspace { get; init; }

    /// <summary>Sets all facts that come from the arguments.</summary>
    internal void Tell(FactValues facts, ImmutableArray<PathText> paths)
    {
        facts.Set(Fact.CallClass, ToolClassNames.Of(Class));
        facts.Set(Fact.CallPaths, [.. paths.Select(path => path.Text)]);
        facts.Set(Fact.CallHosts, [.. Hosts, .. Line?.Hosts ?? []]);
        if (Class != ToolClass.Command)
        {
            return;
        }

        facts.Set(Fact.CallOpaque, Line is null or { Legibility: Legibility.Opaque });
        facts.Set(Fact.CallArgv, [.. Line?.Commands.Select(command => command.Argv) ?? []]);
        facts.Set(Fact.CallHasExpansion, Line?.HasExpansion ?? false);
        facts.Set(Fact.CallRunsInput, Line?.RunsInput ?? false);
        facts.Set(Fact.CallWritesTo, [.. Line?.WritesTo.SelectMany(PathText.OfShell).Select(path => path.Text) ?? []]);
        facts.Set(Fact.CallEnv, [.. Line?.Env.Select(pair => $"{pair.Key}={pair.Value}") ?? []]);
    }
}
