namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>A parsed line. Only what facts are drawn from is kept.</summary>
internal abstract record ShellNode
{
    private ShellNode()
    {
    }

    public sealed record Simple(IReadOnlyList<Assignment> Assignments, IReadOnlyList<Word> Words, IReadOnlyList<Redirect> Redirects) : ShellNode;

    /// <summary>Commands joined by pipes; the first one has the input of the whole.</summary>
    public sealed record Pipeline(IReadOnlyList<ShellNode> Parts) : ShellNode;

    /// <summary>Commands one after another, or one instead of another.</summary>
    public sealed record Sequence(IReadOnlyList<ShellNode> Items) : ShellNode;

    /// <summary>A subshell, group, loop or condition.</summary>
    public sealed record Compound(IReadOnlyList<Word> Words, IReadOnlyList<ShellNode> Bodies, IReadOnlyList<Redirect> Redirects) : ShellNode;
}

internal sealed record Assignment(string Name, Word Value);

/// <param name="Descriptor">The number before the operator, null when there is none.</param>
/// <param name="Operator">As written, such as <c>&gt;&gt;</c>.</param>
/// <param name="Target">For a here-document its delimiter.</param>
internal sealed record Redirect(int? Descriptor, string Operator, Word Target)
{
    /// <summary>The here-document's text, known once the line it starts on has ended.</summary>
    public Word? Body { get; set; }
}
