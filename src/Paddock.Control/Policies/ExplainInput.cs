using System.Collections.Immutable;

namespace Paddock.Control.Policies;

/// <summary>A call to be judged without being made, or one that was. What a body leaves out is read as null, whatever stands here as its beginning.</summary>
public sealed record ExplainInput
{
    /// <summary>The release's digest, the beginning of it, or <c>active</c>. Null = the one in force; for a remembered decision the one it was made by.</summary>
    public string? Release { get; init; }

    /// <summary>A remembered decision (<c>dec_…</c>) instead of a description.</summary>
    public string? Decision { get; init; }

    /// <summary>A command line.</summary>
    public string? Command { get; init; }

    /// <summary>The tool by the agent's own name; with the agent it says what class of call this is.</summary>
    public string? Tool { get; init; }

    /// <summary>The class, for a tool that nobody knows.</summary>
    public string? Class { get; init; }

    public string? Agent { get; init; }

    public string? Mode { get; init; }

    public string? Repository { get; init; }

    /// <summary>A person or service account by name; the teams come from the directory.</summary>
    public string? User { get; init; }

    public IReadOnlyList<string> Paths { get => field ?? []; init; } = [];

    /// <summary>Whatever else is known, by the names that conditions use, each as text; the items of a list with commas between them.</summary>
    public IReadOnlyDictionary<string, string> Facts { get => field ?? ImmutableDictionary<string, string>.Empty; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the key itself says: <c>agent</c>, <c>mode</c>, <c>repository</c>.</summary>
    public IReadOnlyList<string> Pins { get => field ?? []; init; } = [];
}
