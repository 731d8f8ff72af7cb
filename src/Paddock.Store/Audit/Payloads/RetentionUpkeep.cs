using System.Globalization;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Snapshot;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// Erases what has been there as long as the release in force says, once a day; of several servers on a database the first does. Keys go when all that they
/// can have sealed has: every server gives up its own.
/// </summary>
/// <param name="snapshots">Null where there is a store and nothing else.</param>
internal sealed class RetentionUpkeep(PayloadErasing erasing, PayloadReader reader, IKeyStore keys, RecordedDatabase database, TimeProvider time, ILogger<RetentionUpkeep> logger, ISnapshots? snapshots = null)
    : PeriodicLook(TimeSpan.FromMinutes(30), time)
{
    private static readonly AuditActor retention = AuditActor.Of("system:retention");

    private long keysDone; // the day on which they were looked at last

    public override async Task LookAsync(CancellationToken cancellationToken)
    {
        var (rules, now) = (snapshots?.Current.Retention ?? RetentionRules.None, Time.GetUtcNow());
        var today = now.ToUnixTimeSeconds() / 86_400;
        if (rules.IsEmpty)
        {
            return;
        }

        if (await database.ReadAsync(static session => session.ScalarAsync<long>("SELECT COALESCE(MAX(value), 0) FROM counters WHERE name = 'retention'"), cancellationToken) < today)
        {
            await EraseAsync(rules, now, cancellationToken);
            await database.NoteAsync(
                session => session.ExecuteAsync("INSERT INTO counters (name, value) VALUES ('retention', @today) ON CONFLICT (name) DO UPDATE SET value = excluded.value", new { today }), cancellationToken);
        }

        if (keysDone < today)
        {
            await ShredAsync(rules, now, cancellationToken);
            keysDone = today;
        }
    }

    protected override void TellOf(Exception fault) => Log.RetentionNotDone(logger, fault.Message);

    private static string Reason(TimeSpan keep) => string.Create(CultureInfo.InvariantCulture, $"kept for {keep.TotalDays:F0} days");

    private async Task EraseAsync(RetentionRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var cls in await reader.ListClassesAsync(cancellationToken))
        {
            if (rules.Due(cls, now) is { } due && rules.Of(cls) is { } keep)
            {
                var done = await erasing.RedactAsync(due, retention, Reason(keep), cancellationToken);
                if (done.Redacted > 0)
                {
                    Log.RetentionDone(logger, done.Redacted, cls, done.Held);
                }
            }
        }
    }

    private async Task ShredAsync(RetentionRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var key in (await keys.ListAsync(cancellationToken)).Where(key => !key.IsDestroyed && rules.IsOver(key.Id, now)))
        {
            await erasing.ShredAsync(key.Id, retention, Reason(rules.Of(key.Id.Class) ?? default), cancellationToken); // asked before
        }
    }
}
