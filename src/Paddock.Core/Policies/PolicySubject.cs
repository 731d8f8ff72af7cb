using System.Collections.Immutable;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies;

/// <summary>One tool call as the rules see it.</summary>
public sealed class PolicySubject
{
    /// <summary>The tool by the agent's own name.</summary>
    public string Tool { get; init; } = "";

    public ToolClass Class { get; init; }

    /// <summary>The command line of class <see cref="ToolClass.Command"/>; null = none that could be read.</summary>
    public ShellLine? Line { get; init; }

    /// <summary>The files and folders it names.</summary>
    public ImmutableArray<PathText> Paths { get; init; } = [];

    public string? McpServer { get; init; }

    public string? McpTool { get; init; }

    public bool? McpReadOnly { get; init; }

    public bool? McpDestructive { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public string? Principal { get; init; }

    /// <summary>The principal's id, which rules may name as well.</summary>
    public string? PrincipalId { get; init; }

    public ImmutableArray<string> Teams { get; init; } = [];

    /// <summary>The environment that the key is labelled with.</summary>
    public string? Environment { get; init; }

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    /// <summary>Which of the three above the key itself says.</summary>
    public KeyPins Pins { get; init; }
}
