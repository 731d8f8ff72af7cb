using System.Globalization;
using Paddock.Core.Agents;
using Paddock.Core.Identity;

namespace Paddock.Control.Agents;

/// <summary>A place in the list of clients as text: the ticks at which one was last seen, its credential and its agent, with points between them.</summary>
internal static class ClientCursor
{
    public static string Of(ClientPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.LastSeenAt.UtcTicks}.{place.Credential}.{place.Agent}");

    /// <returns>Null when it is none.</returns>
    public static ClientPlace? Read(string text) =>
        text.Split('.', 3) is [var ticks, var key, var agent] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks && KeyId.TryParse(key, out var id) && !agent.Any(char.IsControl)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), id, agent)
            : null;
}
