using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>Tickets that are no longer to be good, taken away in the transaction of what ends them.</summary>
internal static class Tickets
{
    /// <summary>All that would begin a session of the person, or choose their password.</summary>
    public static Task WithdrawAsync(Session session, PrincipalId whose) => session.ExecuteAsync("DELETE FROM sign_in_tickets WHERE principal_id = @Value", new { whose.Value });

    /// <summary>Whoever has one would be the person, with all that the person may do by now.</summary>
    public static Task WithdrawInvitationsAsync(Session session, PrincipalId whose) =>
        session.ExecuteAsync("DELETE FROM sign_in_tickets WHERE principal_id = @Value AND kind = 'invitation'", new { whose.Value });
}
