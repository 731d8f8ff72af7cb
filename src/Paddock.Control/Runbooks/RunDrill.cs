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
/// <param name="Broke">Why its last one came to no result in this process; null when it came to one.</param>
public sealed record DrillStatus(RunningDrill? Running, IReadOnlyList<DrillView> Drills, string? Broke = null);

/// <summary>Rehearses a runbook in an installation of its own. One at a time: it takes a processor for some seconds.</summary>
public sealed class RunDrill : IAsyncDisposable
{
    private const int MostLines = 200;

    private readonly RunbookBook book;
    private readonly IDrills drills;
    private readonly IDrillBook results;
    private readonly TimeProvider time;
    private readonly ILogger<RunDrill> logger;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly CancellationTokenSource ending = new();
    private volatile RunningDrill? running;
    private volatile Broken? broken;
    private Task behind = Task.CompletedTask; // changed by whoever has entered the semaphore

    internal RunDrill(RunbookBook book, IDrills drills, IDrillBook results, TimeProvider time, ILogger<RunDrill> logger) =>
        (this.book, this.drills, this.results, this.time, this.logger) = (book, drills, results, time, logger);

    /// <summary>Runs it to its end.</summary>
    public async Task<Outcome<DrillView>> RunAsync(Actor actor, string name, CancellationToken cancellationToken) => await EnterAsync(actor, name, cancellationToken) switch
    {
        Outcome<Runbook>.Done { Value: var runbook } => new Outcome<DrillView>.Done(await CarryOutAsync(actor, runbook, cancellationToken)),
        Outcome<Runbook>.Forbidden { Needed: var needed } => new Outcome<DrillView>.Forbidden(needed),
        Outcome<Runbook>.NotFound { Message: var message } => new Outcome<DrillView>.NotFound(message),
        _ => new Outcome<DrillView>.Conflict(Busy),
    };

    /// <summary>Begins it and returns: it goes on whether or not somebody waits, and <see cref="StatusAsync"/> tells how it goes.</summary>
    public async Task<Outcome<RunningDrill>> StartAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        switch (await EnterAsync(actor, name, cancellationToken))
        {
            case Outcome<Runbook>.Done { Value: var runbook }:
                var begun = new RunningDrill(name, time.GetUtcNow(), []);
                running = begun; // whoever looks next sees it
                behind = Task.Run(() => CarryOutBehindAsync(actor, runbook), CancellationToken.None);
                return new Outcome<RunningDrill>.Done(begun);
            case Outcome<Runbook>.Forbidden { Needed: var needed }:
                return new Outcome<RunningDrill>.Forbidden(needed);
            case Outcome<Runbook>.NotFound { Message: var message }:
                return new Outcome<RunningDrill>.NotFound(message);
            default:
                return new Outcome<RunningDrill>.Conflict(Busy);
        }
    }

    public async Task<Outcome<DrillStatus>> StatusAsync(Actor actor, string name, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<DrillStatus>.Done(new(running, [.. (await results.ListAsync(name, 20, cancellationToken)).Select(DrillView.Of)], broken is { } fault && fault.Runbook == name ? fault.Why : null))
        : new Outcome<DrillStatus>.Forbidden(ControlRoles.Viewer);

    /// <summary>Breaks off one that goes on behind, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await behind;
        ending.Dispose();
        one.Dispose();
    }

    private const string Busy = "A drill is running; there is one at a time.";

    /// <returns>The runbook, and then nobody else enters before <see cref="CarryOutAsync"/> is over.</returns>
    private async Task<Outcome<Runbook>> EnterAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Operator))
        {
            return new Outcome<Runbook>.Forbidden(ControlRoles.Operator);
        }

        if (await book.FindAsync(name, cancellationToken) is not var (runbook, _, _))
        {
            return new Outcome<Runbook>.NotFound($"The release in force has no runbook '{name}'; paddock runbook list shows those it has.");
        }

        return await one.WaitAsync(TimeSpan.Zero, cancellationToken) ? new Outcome<Runbook>.Done(runbook) : new Outcome<Runbook>.Conflict(Busy);
    }

    private async Task<DrillView> CarryOutAsync(Actor actor, Runbook runbook, CancellationToken cancellationToken)
    {
        try
        {
            (running, broken) = (new(runbook.Name, time.GetUtcNow(), []), null);
            var result = await drills.RunAsync(runbook, Tell, cancellationToken);
            await results.AddAsync(result, actor.Audited, cancellationToken);
            Log.DrillRan(logger, runbook.Name, result.Passed ? "passed" : "failed");
            return DrillView.Of(result);
        }
        catch (Exception fault)
        {
            broken = new(runbook.Name, fault is OperationCanceledException ? "It was broken off." : fault.Message);
            throw;
        }
        finally
        {
            running = null;
            one.Release();
        }
    }

    private async Task CarryOutBehindAsync(Actor actor, Runbook runbook)
    {
        try
        {
            await CarryOutAsync(actor, runbook, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            Log.DrillNotRun(logger, runbook.Name, "The server stopped.");
        }
        catch (Exception fault)
        {
            Log.DrillNotRun(logger, runbook.Name, fault.Message); // nobody waits for it: the log and the page say it
        }
    }

    private void Tell(string line)
    {
        if (running is { } now && now.Lines.Count < MostLines)
        {
            running = now with { Lines = [.. now.Lines.ToImmutableArray().Add(line)] };
        }
    }

    private sealed record Broken(string Runbook, string Why);
}
