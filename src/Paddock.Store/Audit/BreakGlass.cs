using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Notifications;

namespace Paddock.Store.Audit;

/// <summary>Whether the glass is broken, and until when. It is not remembered over a restart: a new process begins closed.</summary>
internal sealed class BreakGlass(EntryBook book, EntryReserve reserve, EntryQueue queue, INotifications notifications, TimeProvider time, ILogger<BreakGlass> logger) : IBreakGlass
{
    private readonly Lock gate = new();
    private DateTimeOffset until;

    public DateTimeOffset? Until
    {
        get
        {
            lock (gate)
            {
                return until > time.GetUtcNow() ? until : null;
            }
        }
    }

    public async Task<bool> OpenAsync(AuditActor by, string reason, TimeSpan span, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = now + (span > IBreakGlass.Longest ? IBreakGlass.Longest : span);
        if (!TryNote(AuditActs.BreakGlass, by, [AuditFact.Of("reason", reason), AuditFact.Of("until", end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))]))
        {
            return false;
        }

        lock (gate)
        {
            until = end;
        }

        Log.GlassBroken(logger, by.Id, end, reason);
        notifications.Post(AuditNotices.GlassBroken(now, by, end, reason));
        await LookAsync(cancellationToken);
        return true;
    }

    public async Task<bool> CloseAsync(AuditActor by, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (until <= time.GetUtcNow())
            {
                return false;
            }

            until = default;
        }

        TryNote(AuditActs.BreakGlassEnded, by, []);
        Log.GlassMended(logger, by.Id);
        notifications.Post(AuditNotices.GlassMended(time.GetUtcNow(), by));
        await LookAsync(cancellationToken);
        return true;
    }

    /// <summary>Into the reserve, whatever the other devices do: it is brought over with the rest.</summary>
    private bool TryNote(string act, AuditActor by, AuditFact[] facts)
    {
        try
        {
            reserve.Append([book.Enter(new() { Act = act, Actor = by, Facts = [.. facts] })]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whoever is refused now should not wait for the next second.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.AddAsync(new(null, done), cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
    }
}
