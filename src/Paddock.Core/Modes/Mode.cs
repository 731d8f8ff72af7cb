using System.Collections.Immutable;
using Paddock.Core.Tools;

namespace Paddock.Core.Modes;

/// <summary>A working mode that a company gives its agents, as its <c>Mode</c> document says.</summary>
public sealed record Mode
{
    /// <summary>The document's name. Decisions show what refused as <c>mode:NAME/…</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the agent calls it: letters, digits and hyphens. A built-in mode of this slug is replaced.</summary>
    public required string Slug { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>Who the model is told to be.</summary>
    public required string Role { get; init; }

    /// <summary>Tells the model, or whoever chooses, when to work in this mode.</summary>
    public string? WhenToUse { get; init; }

    public string? Description { get; init; }

    /// <summary>Added to what the model is told.</summary>
    public string? Instructions { get; init; }

    /// <summary>What the mode may do at all.</summary>
    public required ImmutableArray<ModeGroup> Groups { get; init; }

    /// <summary>Which files it may change; null = any, where <see cref="Groups"/> has <see cref="ModeGroup.Edit"/>.</summary>
    public ModeEdits? Edits { get; init; }

    /// <summary>Tools it may use although their group is not its own, by exact name.</summary>
    public ImmutableArray<string> AllowedTools { get; init; } = [];

    /// <summary>Tools it may not use although their group is its own; <c>*</c> stands for any letters.</summary>
    public ImmutableArray<string> DeniedTools { get; init; } = [];

    /// <summary>The class of models it works with; null = the team profile's default.</summary>
    public string? ModelClass { get; init; }

    /// <summary>Whether the marketplace shows it, also to whoever is not signed in.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Whether the mode has a tool, by its groups and exceptions. Names that are only meant by a pattern of <see cref="DeniedTools"/> are not looked for.</summary>
    public bool Offers(string tool, ToolClass kind) => !DeniedTools.Contains(tool) && (AllowedTools.Contains(tool) || ModeGroups.Of(kind) is not { } group || Groups.Contains(group));

    public string Owner { get; init; } = "";

    /// <summary>The file it stands in, and the line of its name.</summary>
    public string File { get; init; } = "";

    public int Line { get; init; }
}

/// <summary>Which files a mode may change.</summary>
/// <param name="FileRegex">Looked for anywhere in the path (<see cref="FilePattern"/>).</param>
/// <param name="Description">The same, for people.</param>
public sealed record ModeEdits(string FileRegex, string? Description);
