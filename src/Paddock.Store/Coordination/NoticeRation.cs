using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Store.Coordination;

/// <summary>
/// Nobody makes others be told of more than so much in an hour: which tasks there are, an agent says itself, and the queue of notices is everybody's.
/// What goes beyond is counted, and said in the log when the hour is over.
/// </summary>
internal sealed class NoticeRation(TimeProvider time, ILogger<NoticeRation> logger)
{
    /// <summary>Notices of one kind for one person in an hour.</summary>
    public const int Most = 5;

    private static readonly TimeSpan hour = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Kind, PrincipalId Person), (int Taken, long Withheld)> used = [];
    private DateTimeOffset began = time.GetUtcNow();

    /// <returns>False when the person has had theirs.</returns>
    public bool TryTake(string kind, PrincipalId person)
    {
        lock (gate)
        {
            BeginAnew();
            var (taken, withheld) = used.GetValueOrDefault((kind, person));
            used[(kind, person)] = taken < Most ? (taken + 1, withheld) : (taken, withheld + 1);
            return taken < Most;
        }
    }

    /// <summary>Nobody was told after all.</summary>
    public void GiveBack(string kind, PrincipalId person)
    {
        lock (gate)
        {
            if (used.GetValueOrDefault((kind, person)) is { Taken: > 0 } one)
            {
                used[(kind, person)] = one with { Taken = one.Taken - 1 };
            }
        }
    }

    /// <summary>Says what was held back, once its hour is over.</summary>
    public void Look()
    {
        lock (gate)
        {
            BeginAnew();
        }
    }

    private void BeginAnew()
    {
        if (time.GetUtcNow() - began < hour)
        {
            return;
        }

        foreach (var ((kind, person), (_, withheld)) in used)
        {
            if (withheld > 0)
            {
                Log.NoticesWithheld(logger, kind, person.Value, withheld);
            }
        }

        used.Clear();
        began = time.GetUtcNow();
    }
}
