namespace Paddock.Core.Modes;

/// <summary>Writes a team profile as the files that one agent reads from a workspace or an administrator.</summary>
public interface IProfileFiles
{
    /// <summary>Such as <c>roo-code</c>.</summary>
    string Agent { get; }

    /// <summary>The same bytes for the same documents. Nothing in them is for one person only.</summary>
    IEnumerable<ProfileFile> Of(TeamProfile profile, TeamProfiles profiles);
}

/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Use">Where it belongs, for people.</param>
public sealed record ProfileFile(string Path, string Use, string Text);
