using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;
using Paddock.Core.Runbooks;

namespace Paddock.Control.Runbooks;

/// <summary>A drill that runs now.</summary>
/// <param name="Lines">How it goes, the oldest first.</param>
public sealed record RunningDrill(string Runbook, DateTimeOffset StartedAt, IReadOnlyList<string> Lines);

/// <param name="Running">Null when none does.</param>
/// <param name="Drills">Of the runbook that was asked for, the newest first.</param>
public sealed record DrillStatus(RunningDrill? Running, IReadOnlyList<DrillView> Drills);

/// <summary>Rehearses a runbook in an installation of its own. One at a time: it takes a processor for some seconds.</summary>
public sealed class RunDrill : IDisposable
{
    private const int MostLines = 200;

    private readonly RunbookBook book;
    private readonly IDrills drills;
    private readonly IDrillBook results;
    private readonly TimeProvider time;
    private readonly ILogger<RunDrill> logger;
    private readonly SemaphoreSlim one = new(1, 1);
    private volatile RunningDrill? running;

    internal RunDrill(RunbookBook book, IDrills drills, IDrillBook results, TimeProvider time, ILogger<RunDrill> logger) =>
        (this.book, this.drills, this.results, this.time, this.logger) = (book, drills, results, time, logger);

    /// <summary>Runs it to its end.</summary>
    public async Task<Outcome<DrillView>> RunAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<DrillView>.Forbidden(ControlRoles.Operator);
        }

        if (await book.FindAsync(name, cancellationToken) is not var (runbook, _, _))
        {
            return new Outcome<DrillView>.NotFound($"The release in force has no runbook '{name}'; paddock runbook list shows those it has.");
        }

        if (!await one.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Outcome<DrillView>.Conflict("A drill is running; there is one at a time.");
        }

        try
        {
            running = new(name, time.GetUtcNow(), []);
            var result = await drills.RunAsync(runbook, Tell, cancellationToken);
            await results.AddAsync(result, actor.Audited, cancellationToken);
            Log.DrillRan(logger, name, result.Passed ? "passed" : "failed");
            return new Outcome<DrillView>.Done(DrillView.Of(result));
        }
        finally
        {
            running = null;
            one.Release();
        }
    }

    public async Task<Outcome<DrillStatus>> StatusAsync(Actor actor, string name, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<DrillStatus>.Done(new(running, [.. (await results.ListAsync(name, 20, cancellationToken)).Select(DrillView.Of)]))
        : new Outcome<DrillStatus>.Forbidden(ControlRoles.Viewer);

    public void Dispose() => one.Dispose();

    private void Tell(string line)
    {
        if (running is { } now && now.Lines.Count < MostLines)
        {
            running = now with { Lines = [.. now.Lines.ToImmutableArray().Add(line)] };
        }
    }
}
