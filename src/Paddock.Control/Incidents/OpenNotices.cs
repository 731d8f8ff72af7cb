using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paddock.Core.Incidents;

namespace Paddock.Control.Incidents;

/// <summary>Notices of incidents that are open, each once per task. Agents ask with every prompt: which notices there are is read every few seconds at most.</summary>
internal sealed class OpenNotices(IIncidents incidents, TimeProvider time) : IIncidentNotices
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private const int Most = 50, MostRemembered = 10_000;

    /// <summary>Tasks and texts that were told, as far as this process knows; the database knows all.</summary>
    private readonly ConcurrentDictionary<(string Task, string Text), bool> told = new();

    private volatile Read last = new(DateTimeOffset.MinValue, []);

    public async Task<string?> TakeAsync(string task, CancellationToken cancellationToken)
    {
        var fresh = new List<string>();
        foreach (var text in (await OpenAsync(cancellationToken)).Where(text => !told.ContainsKey((task, text))))
        {
            if (await incidents.TellAsync(task, text, time.GetUtcNow(), cancellationToken))
            {
                fresh.Add($"Paddock: {text}");
            }

            Remember(task, text);
        }

        return fresh.Count == 0 ? null : string.Join('\n', fresh);
    }

    private async Task<ImmutableArray<string>> OpenAsync(CancellationToken cancellationToken)
    {
        var (now, known) = (time.GetUtcNow(), last);
        if (now - known.At >= Fresh)
        {
            var open = await incidents.ListAsync(new() { Open = true, Limit = Most }, cancellationToken);
            last = known = new(now, [.. open.OrderBy(static one => one.Severity).Select(static one => one.Notice).OfType<string>().Distinct(StringComparer.Ordinal)]);
        }

        return known.Texts;
    }

    private void Remember(string task, string text)
    {
        if (told.Count >= MostRemembered)
        {
            told.Clear();
        }

        told[(task, text)] = true;
    }

    private sealed record Read(DateTimeOffset At, ImmutableArray<string> Texts);
}
