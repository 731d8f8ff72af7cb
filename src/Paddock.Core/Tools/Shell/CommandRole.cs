namespace Paddock.Core.Tools.Shell;

/// <summary>What a listed command is for a rule. Whoever allows a line must allow every <see cref="Direct"/> and <see cref="Inner"/> command; whoever forbids looks at all.</summary>
public enum CommandRole
{
    /// <summary>Stands in the line itself.</summary>
    Direct,

    /// <summary>For rules that forbid only: a transparent wrapper as written (<c>env git push</c>), or a command under another name (<c>/usr/bin/git push</c> as <c>git push</c>).</summary>
    Wrapper,

    /// <summary>Found inside a wrapper, a substitution or another command's arguments.</summary>
    Inner,
}
