using System.Globalization;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Store.Coordination;

namespace Paddock.Store.Agents;

/// <summary>Tells people of a client that makes calls under settings that are too old.</summary>
internal sealed class StaleClientNotices(IIdentities identities, INotifications notifications, ApprovalLinks links, NoticeRation ration, TimeProvider time)
{
    private const string Event = "client.stale";

    public void Tell(ClientNews news, DateTimeOffset refreshedAt)
    {
        var owner = identities.Current.Find(news.Credential)?.Principal;
        if (owner is not null && !ration.TryTake(Event, owner.Id))
        {
            return;
        }

        var person = owner?.Name ?? "";
        notifications.Post(new()
        {
            Event = Event,
            At = time.GetUtcNow(),
            Text = $"{ChatText.Of(news.Agent)} of {ChatText.Of(person)} goes on without asking for its settings: it was last given some at {Utc(refreshedAt)} UTC.",
            Facts =
            [
                new("client", news.Credential.Value), new("user", person), new("agent", news.Agent), new("agentVersion", news.AgentVersion ?? ""), new("device", news.Device ?? ""),
                new("refreshedAt", Iso(refreshedAt)), new("calledAt", Iso(news.CalledAt)), new("refreshWithin", ((long)news.CallsWithin.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ],
            Link = links.Console is { } console ? $"{console.AbsoluteUri.TrimEnd('/')}/clients?stale=true" : null,
        });
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
