using System.Collections.Concurrent;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tasks;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Tasks;

/// <summary>The tool calls of late, by task: what was decided on each, and whose results were counted. Bounded; what has been idle gives way.</summary>
internal sealed class RecentCalls(TimeProvider time)
{
    /// <summary>Most tasks that are remembered: with the calls of each, some kilobytes.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<TaskScope, TaskCalls> tasks = new();

    /// <summary>Remembers what was decided on a call, for when its result comes.</summary>
    /// <param name="audit">What is kept of it.</param>
    public void Decided(ICallOrigin origin, string? toolCall, string decision, DecisionOutcome outcome, RuleAudit? audit = null)
    {
        if (toolCall is not null)
        {
            Of(origin).Decided(toolCall, new(decision, outcome.IsLetGo(), ResultClass: audit is { KeepsResponse: true } ? audit.Class : null));
        }
    }

    /// <summary>Those of the task behind a call.</summary>
    public TaskCalls Of(ICallOrigin origin)
    {
        var now = time.GetUtcNow();
        var scope = TaskScope.Of(origin.Caller.Principal.Id.Value, origin.TaskId, now);
        if (tasks.Count >= Most && !tasks.ContainsKey(scope))
        {
            foreach (var idle in tasks.OrderBy(static one => one.Value.UsedAt).Take(Most / 10).ToList())
            {
                tasks.TryRemove(idle.Key, out _);
            }
        }

        var calls = tasks.GetOrAdd(scope, static _ => new());
        calls.UsedAt = now.UtcTicks;
        return calls;
    }
}

/// <summary>What was decided on a call.</summary>
/// <param name="HasResult">What came of it was counted.</param>
/// <param name="ResultClass">The class in which its result is to be kept; null = it is not.</param>
internal readonly record struct RecentCall(string Decision, bool IsLetGo, bool HasResult = false, string? ResultClass = null);

/// <summary>The newest tool calls of one task.</summary>
internal sealed class TaskCalls
{
    private const int Most = 256;
    private const int MostMessages = 4096;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, RecentCall> decided = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<(string ToolCall, long Hash), bool> counted = [];
    private readonly OrderedDictionary<long, bool> messages = [];

    public long UsedAt { get; set; }

    /// <summary>Whether a result was counted before.</summary>
    public bool AnyCounted
    {
        get
        {
            lock (gate)
            {
                return counted.Count > 0;
            }
        }
    }

    public void Decided(string toolCall, RecentCall call)
    {
        lock (gate)
        {
            var isSame = decided.Remove(toolCall, out var before) && before.Decision == call.Decision;
            decided.Add(toolCall, isSame ? call with { HasResult = before.HasResult } : call); // at the end: the newest stay longest
            Trim(decided);
        }
    }

    public RecentCall? Find(string toolCall)
    {
        lock (gate)
        {
            return decided.TryGetValue(toolCall, out var call) ? call : null;
        }
    }

    /// <param name="isNewest">It answers the model's last turn.</param>
    /// <returns>False when it was counted before.</returns>
    public bool TryCount(string toolCall, long hash, bool isNewest)
    {
        lock (gate)
        {
            var isKnown = decided.TryGetValue(toolCall, out var call);
            // Some providers give all calls of a tool one id: the same call again is another one, once it was decided again.
            var counts = counted.TryAdd((toolCall, hash), true) || (isNewest && isKnown && !call.HasResult);
            if (isKnown && counts)
            {
                decided[toolCall] = call with { HasResult = true };
            }

            Trim(counted);
            return counts;
        }
    }

    /// <returns>False when a message was seen before.</returns>
    public bool TrySee(long message)
    {
        lock (gate)
        {
            Trim(messages, MostMessages);
            return messages.TryAdd(message, true);
        }
    }

    private static void Trim<TKey, TValue>(OrderedDictionary<TKey, TValue> all, int most = Most)
        where TKey : notnull
    {
        if (all.Count > most)
        {
            for (var i = 0; i < most / 4; i++)
            {
                all.RemoveAt(0);
            }
        }
    }
}
