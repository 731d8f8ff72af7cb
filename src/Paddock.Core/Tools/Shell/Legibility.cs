namespace Paddock.Core.Tools.Shell;

/// <summary>How much of a command line is understood; each is stricter than the one before.</summary>
public enum Legibility
{
    /// <summary>Simple commands of literal words, joined by <c>&amp;&amp; || ; |</c> or newlines: the argument lists say it all.</summary>
    Plain,

    /// <summary>Redirections, assignments, expansions or compound commands, understood and given as facts. A rule allows it only when it looks at those facts.</summary>
    Read,

    /// <summary>Not understood, or known to run what cannot be seen. No rule allows it; commands are listed so that rules may still forbid it.</summary>
    Opaque,
}
