namespace Paddock.Core.Tools.Shell.Posix;

/// <summary>One word of a command line.</summary>
/// <param name="Raw">As written.</param>
/// <param name="Text">Without quotes; expansions stand as written.</param>
/// <param name="IsLiteral">The program gets exactly <paramref name="Text"/>.</param>
/// <param name="Substitutions">The commands it runs to become a value.</param>
internal sealed record Word(string Raw, string Text, bool IsLiteral, IReadOnlyList<Substitution> Substitutions)
{
    /// <summary>What is listed for it: its text when that is certain, otherwise what was written.</summary>
    public string Shown => IsLiteral ? Text : Raw;

    /// <summary>Another command's input decides what it is.</summary>
    public bool IsFed { get; init; }

    /// <summary>Something that the line fetches decides what it is.</summary>
    public bool IsFetched => IsFed || Substitutions.Count > 0;

    public bool IsProcess => Substitutions.Any(s => s.IsProcess);

    /// <summary>A word that stands for text found elsewhere, such as in an argument.</summary>
    public static Word Of(string text) => new(text, text, true, []);

    /// <summary>Arguments that a program such as xargs adds.</summary>
    public static Word Added => new("{}", "{}", false, []) { IsFed = true };
}

/// <param name="IsProcess">It gives the name of a pipe (<c>&lt;(…)</c>), not text.</param>
internal sealed record Substitution(ShellNode Body, bool IsProcess);
