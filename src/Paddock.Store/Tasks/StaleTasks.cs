using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Core.Notifications;
using Paddock.Core.Tasks;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Tasks;

/// <summary>Tells people of tasks that go on for too long, once for each: a row says that they were told. What a person has beyond their ration waits until it goes on in another hour.</summary>
internal sealed class StaleTasks(IDatabase database, IIdentities identities, INotifications notifications, NoticeRation ration, StoreOptions options, TimeProvider time, ILogger<StaleTasks> logger)
    : PeriodicLook(options.KeyUseInterval, time), IStaleTasks
{
    private const string Event = "task.stale";

    /// <summary>Tasks that are remembered as told, and tasks that wait to be.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, StaleTask> waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim looking = new(1, 1);
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    public void Note(in StaleTask task)
    {
        if (!told.ContainsKey(task.Task) && !waiting.ContainsKey(task.Task) && waiting.Count < Most && ration.TryTake(Event, task.Principal) && !waiting.TryAdd(task.Task, task))
        {
            ration.GiveBack(Event, task.Principal);
        }
    }

    /// <summary>One at a time: of two that find the same task one would take it for told before.</summary>
    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        ration.Look();
        await looking.WaitAsync(cancellationToken);
        try
        {
            foreach (var task in waiting.Values)
            {
                await TellAsync(task, cancellationToken);
            }
        }
        finally
        {
            looking.Release();
        }
    }

    protected override void TellOf(Exception fault) => Log.StaleTasksNotTold(logger, fault.Message);

    private async Task TellAsync(StaleTask task, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(session => TryTellAsync(session, task), cancellationToken))
        {
            notifications.Post(NoticeOf(task));
        }
        else
        {
            ration.GiveBack(Event, task.Principal);
        }

        Remember(task.Task);
        waiting.TryRemove(task.Task, out _);
    }

    /// <summary>Whose owner is disabled, and may be erased, is not written.</summary>
    /// <returns>False when somebody has told already.</returns>
    private async Task<bool> TryTellAsync(Session session, StaleTask task) => await session.ExecuteAsync(
        """
        INSERT INTO stale_tasks (task_id, principal_id, told_at) SELECT @Task, id, @Now FROM principals WHERE id = @Principal AND disabled = @Disabled
        ON CONFLICT (task_id) DO NOTHING
        """,
        new { task.Task, Principal = task.Principal.Value, Now = Time.GetUtcNow().ToMicros(), Disabled = false }) == 1;

    private void Remember(string id)
    {
        if (told.Count >= Most)
        {
            told.Clear(); // the rows know
        }

        told[id] = true;
    }

    private Notification NoticeOf(in StaleTask task)
    {
        var person = identities.Current.Find(task.Principal)?.Name ?? "";
        var began = task.BeganAt.UtcDateTime;
        return new()
        {
            Event = Event,
            At = Time.GetUtcNow(),
            Text = string.Create(CultureInfo.InvariantCulture, $"A task of {ChatText.Of(person)} with {ChatText.Of(task.Agent)} goes on for longer than it may: it began at {began:yyyy-MM-dd HH:mm} UTC."),
            Facts =
            [
                new("task", task.Task), new("user", person), new("agent", task.Agent), new("session", task.NativeTask ?? ""), new("beganAt", began.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new("contextWithin", ((long)task.Within.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }
}
