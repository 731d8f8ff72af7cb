namespace Paddock.Web.Identity;

/// <summary>What a form asks for (<c>do</c>), and what the page says once it was done (<c>done</c> in its address): words of ours, nothing else.</summary>
internal static class Deeds
{
    public const string
        MakeKey = "make-key", RotateKey = "rotate-key", RevokeKey = "revoke-key", EndSession = "end-session", EndOthers = "end-others", EndAll = "end-all",
        Make = "make", Change = "change", Disable = "disable", Enable = "enable", Invite = "invite";

    /// <returns>Null when it is no deed that needs a word.</returns>
    public static string? Said(string? done) => done switch
    {
        RevokeKey => "The key is revoked.",
        EndSession => "The session has ended.",
        EndOthers => "All other sessions have ended.",
        EndAll => "All sessions have ended.",
        Make => "Made. Now invite them, so that they can sign in.",
        Change => "Saved.",
        Disable => "Disabled: no key and no session of theirs works.",
        Enable => "Enabled.",
        _ => null,
    };
}
