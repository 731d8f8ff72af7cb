using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Alerts;
using Paddock.Core.Alerts.Detection;
using Paddock.Store.Coordination;
using Paddock.Store.Dialects;

namespace Paddock.Store.Alerts;

/// <summary>Signals as rows. The last minutes are counted anew each time, since calls end, and results come, after what they belong to.</summary>
internal sealed class SignalStore(IDatabase database, [FromKeyedServices(Work.Signals)] IWorkLease lease, TimeProvider time) : ISignals
{
    /// <summary>What comes later than this is not counted: of commands, and of calls, that take longer.</summary>
    private static readonly TimeSpan late = TimeSpan.FromMinutes(15);

    /// <summary>Counted in one go, of a time that was never counted.</summary>
    private static readonly TimeSpan most = TimeSpan.FromHours(6);

    private static readonly TimeSpan step = SeasonalReference.Bucket, tidying = TimeSpan.FromHours(1);

    private DateTimeOffset tidied;

    public async Task<bool> CountAsync(CancellationToken cancellationToken)
    {
        if (!await lease.HoldAsync(cancellationToken))
        {
            return false;
        }

        var now = time.GetUtcNow();
        var until = SeasonalReference.BucketOf(now) + step;
        for (var from = await BeginAsync(now, cancellationToken); from < until; from += most)
        {
            await CountAsync(from, from + most < until ? from + most : until, cancellationToken);
        }

        await TidyAsync(now, cancellationToken);
        return true;
    }

    public async Task<ImmutableArray<SignalSum>> SumsAsync(Signal signal, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var seconds = from < time.GetUtcNow() - ISignals.KeepMinutes ? SignalSql.FiveMinutes : SignalSql.Minute;
        return [.. await database.ReadAsync(session => SignalSql.SumsAsync(session, signal, seconds, from, until), cancellationToken)];
    }

    public Task<ImmutableArray<SignalPoint>> PointsAsync(Signal signal, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ReadAsync(session => SignalSql.PointsAsync(session, signal, from, until), cancellationToken);

    public async Task<DateTimeOffset?> FirstAsync(CancellationToken cancellationToken) => (await database.ReadAsync(SignalSql.FirstAsync, cancellationToken))?.ToTime();

    public async Task<DateTimeOffset?> FirstAsync(Signal signal, CancellationToken cancellationToken) => (await database.ReadAsync(session => SignalSql.FirstAsync(session, signal), cancellationToken))?.ToTime();

    /// <summary>From where on something may be missing.</summary>
    private async Task<DateTimeOffset> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var counted = await database.ReadAsync(SignalSql.CountedAsync, cancellationToken) is > 0 and var micros ? micros.ToTime() - late : (await database.ReadAsync(SignalSql.OldestAsync, cancellationToken))?.ToTime() ?? now;
        var oldest = now - ISignals.KeepFiveMinutes;
        return SeasonalReference.BucketOf(counted < oldest ? oldest : counted);
    }

    private async Task CountAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => SignalSources.ReadAsync(session, from, until), cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                await SignalSql.ReplaceAsync(session, rows, from, until);
                await SignalSql.NoteCountedAsync(session, until - step);
                return true;
            },
            cancellationToken);
    }

    private async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - tidied > tidying)
        {
            await database.WriteAsync(session => SignalSql.ForgetAsync(session, now), cancellationToken);
            tidied = now;
        }
    }
}
