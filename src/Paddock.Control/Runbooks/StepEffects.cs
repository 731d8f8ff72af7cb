using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Paddock.Control.Identity;
using Paddock.Core.Alerts;
using Paddock.Core.Audit;
using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Incidents;
using Paddock.Core.Mitigations;
using Paddock.Core.Notifications;
using Paddock.Core.Runbooks;
using Paddock.Core.Snapshot;

namespace Paddock.Control.Runbooks;

/// <summary>
/// Does what steps order, finds out whether it was done, and takes it back. All of it is made under ids of run and step, so that doing it
/// again makes no second.
/// </summary>
internal sealed class StepEffects(
    IMitigationStore mitigations, IContainmentStore containments, INotifications notifications, IIncidents incidents, IIdentities identities, ISnapshots snapshots, IRuns runs, RecentChanges changes, TimeProvider time)
{
    /// <summary>Said of what nobody measures further.</summary>
    public const string Stands = "It stands.";

    public static readonly AuditActor Actor = AuditActor.Of("system:runbooks");

    /// <summary>Whether the step was done already, in force or not since.</summary>
    public async Task<bool> WasDoneAsync(Run run, int step, CancellationToken cancellationToken) => Order(run, step) switch
    {
        StepOrder.Mitigate => await mitigations.FindAsync(MitigationId.Of(run.Id, run.Steps[step].Id), cancellationToken) is not null,
        StepOrder.Stop => await containments.FindAsync(StopId(run, step), cancellationToken) is not null,
        StepOrder.Tell tell => await IncidentOf(run, cancellationToken) is { } incident && incident.Notice == tell.Text,
        _ => false, // doing it again does nothing, or finds out the same
    };

    /// <returns>What is said of it, and the digests of what it changes.</returns>
    /// <exception cref="StepException">It cannot be done as things are.</exception>
    public async Task<StepEffect> DoAsync(Run run, int step, CancellationToken cancellationToken)
    {
        var before = await DigestAsync(run, step, cancellationToken);
        var says = await WasDoneAsync(run, step, cancellationToken) ? "It was done already." : await DoAsync(run, step, Order(run, step), cancellationToken);
        return new(says, before, await DigestAsync(run, step, cancellationToken));
    }

    /// <summary>Whether it stands: what is looked at before any measure.</summary>
    public async Task<CheckOutcome> StandsAsync(Run run, int step, CancellationToken cancellationToken)
    {
        var isThere = Order(run, step) switch
        {
            StepOrder.Mitigate => (await mitigations.FindAsync(MitigationId.Of(run.Id, run.Steps[step].Id), cancellationToken))?.IsInForce(time.GetUtcNow()) is true,
            StepOrder.Stop => (await containments.FindAsync(StopId(run, step), cancellationToken))?.IsInForce(time.GetUtcNow()) is true,
            StepOrder.Tell => (await IncidentOf(run, cancellationToken))?.Notice is not null,
            _ => true,
        };
        return isThere ? new(Verdict.Good, Stands) : new(Verdict.Bad, "It does not stand: it was ended elsewhere, or never came into force.");
    }

    /// <summary>Takes it back. What was taken back already, or has ended, is left.</summary>
    public async Task<string> UndoAsync(Run run, int step, CancellationToken cancellationToken)
    {
        switch (Order(run, step))
        {
            case StepOrder.Mitigate:
                await mitigations.EndAsync(MitigationId.Of(run.Id, run.Steps[step].Id), Actor, cancellationToken);
                break;
            case StepOrder.Stop:
                await containments.LiftAsync(StopId(run, step), Actor, run.Reason is { Length: > 0 and <= 400 } reason ? reason : "The runbook's run is over.", cancellationToken);
                break;
            case StepOrder.Tell tell:
                return await UnsayAsync(run, tell, cancellationToken);
        }

        return (await StandsAsync(run, step, cancellationToken)).Verdict is Verdict.Good && StepActions.Changes(run.Runbook.Steps[step].Action)
            ? throw new StepException("It still stands.")
            : $"Taken back; {await DigestAsync(run, step, cancellationToken) ?? "nothing"} is what it was made of now.";
    }

    /// <summary>What it would do, in one clause.</summary>
    public static string Plan(StepOrder order) => order switch
    {
        StepOrder.Mitigate one => one.Measure.Says,
        StepOrder.Stop one => $"stop {string.Join(", ", new[] { ("user", one.User), ("agent", one.Agent), ("task", one.Task), ("model", one.Model), ("provider", one.Provider), ("tool", one.Tool) }.Where(static part => part.Item2 is not null).Select(static part => $"{part.Item1} '{part.Item2}'"))}",
        StepOrder.ListChanges one => $"list what changed in the last {one.Window.TotalHours:0.#} h",
        StepOrder.Notify one => $"tell operators: {one.Text}",
        StepOrder.Tell one => $"tell developers: {one.Text}",
        StepOrder.Ask one => $"wait up to {one.Within.TotalMinutes:0} min for a yes: {one.Question}",
        _ => "look whether it is so",
    };

    private async Task<string> DoAsync(Run run, int step, StepOrder order, CancellationToken cancellationToken)
    {
        if (OrderFaults.Of(order, snapshots.Current, identities.Current) is { } fault)
        {
            throw new StepException(fault);
        }

        switch (order)
        {
            case StepOrder.Mitigate one:
                return await MitigateAsync(run, step, one.Measure, cancellationToken);
            case StepOrder.Stop one:
                return await StopAsync(run, step, one, cancellationToken);
            case StepOrder.ListChanges one:
                var lines = await changes.ListAsync(one.Window, cancellationToken);
                return lines.IsEmpty ? "Nothing changed that Paddock knows of." : string.Join('\n', lines.Take(50));
            case StepOrder.Notify one:
                await notifications.PostOnceAsync(RunNotices.Said(run, step, time.GetUtcNow()), $"{run.Id}/{run.Steps[step].Id}", cancellationToken);
                return $"Told: {one.Text}";
            case StepOrder.Tell one:
                return await TellAsync(run, one, cancellationToken);
            default:
                return "";
        }
    }

    private async Task<string> MitigateAsync(Run run, int step, Measure measure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await mitigations.AddAsync(
            new()
            {
                Id = MitigationId.Of(run.Id, run.Steps[step].Id),
                Measure = measure,
                Reason = Reason(run),
                Run = run.Id,
                Step = run.Steps[step].Id,
                CreatedBy = Actor.Id,
                CreatedAt = now,
                ExpiresAt = now + run.EffectsLast,
            },
            Actor,
            cancellationToken);
        return $"For now {measure.Says}.";
    }

    private async Task<string> StopAsync(Run run, int step, StepOrder.Stop stop, CancellationToken cancellationToken)
    {
        // a containment without the user that it is to name would stop others
        var user = stop.User is { } name ? FindPrincipal.In(identities.Current, name) ?? throw new StepException(OrderFaults.NoUser(name)) : null;
        var now = time.GetUtcNow();
        await containments.AddAsync(
            new()
            {
                Id = StopId(run, step),
                Selector = new() { User = user?.Id, Agent = stop.Agent, Task = stop.Task, Model = stop.Model, Provider = stop.Provider, Tool = stop.Tool },
                Reason = Reason(run),
                CreatedBy = Actor.Id,
                CreatedAt = now,
                ExpiresAt = now + run.EffectsLast,
            },
            Actor,
            cancellationToken);
        return $"Now it is so: {Plan(stop)}.";
    }

    /// <summary>What a person has written stays: they know more than the runbook.</summary>
    private async Task<string> TellAsync(Run run, StepOrder.Tell tell, CancellationToken cancellationToken)
    {
        if ((await IncidentOf(run, cancellationToken))?.Notice is { } notice && !(await SaidByOthersAsync(run, cancellationToken)).Contains(notice))
        {
            return $"Somebody tells developers already: {notice}";
        }

        await SayAsync(run, tell.Text, cancellationToken);
        return $"Developers are told: {tell.Text}";
    }

    private async Task<string> UnsayAsync(Run run, StepOrder.Tell tell, CancellationToken cancellationToken)
    {
        if ((await IncidentOf(run, cancellationToken))?.Notice != tell.Text)
        {
            return "Developers are told something else, or nothing.";
        }

        var others = await SaidByOthersAsync(run, cancellationToken);
        if (others.Contains(tell.Text))
        {
            return "Another run says the same: it stays until that is taken back.";
        }

        await SayAsync(run, others is [.., var last] ? last : null, cancellationToken);
        return "Taken back.";
    }

    private async Task SayAsync(Run run, string? text, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var incident = await IncidentOf(run, cancellationToken) ?? throw new StepException("The run belongs to no incident, and so there is nothing to tell developers of.");
            var outcome = IncidentMachine.Apply(incident, new IncidentCommand.SetNotice(text), Actor.Id, time.GetUtcNow());
            switch (outcome)
            {
                case IncidentOutcome.Refused { Refusals: var refusals }:
                    throw new StepException(string.Join(' ', refusals.Select(static one => one.Message)));
                case IncidentOutcome.Changed changed when !await incidents.KeepAsync(changed, Actor, cancellationToken):
                    continue;
                default:
                    return;
            }
        }

        throw new StepException("The incident was changed by others again and again.");
    }

    /// <summary>What runs of the same incident that are not taken back tell developers, the newest run last.</summary>
    private async Task<IReadOnlyList<string>> SaidByOthersAsync(Run run, CancellationToken cancellationToken) =>
    [
        .. from other in await runs.ListAsync(new() { Open = true, Incident = run.Incident, Limit = 1_000 }, cancellationToken)
           where other.Id != run.Id && other.State is RunState.Running or RunState.Holding
           orderby other.StartedAt
           from at in Enumerable.Range(0, other.Steps.Length)
           where other.Steps[at].State is StepState.Done or StepState.Verified
           select Order(other, at) into order
           where order is StepOrder.Tell
           select ((StepOrder.Tell)order).Text,
    ];

    private Task<Incident?> IncidentOf(Run run, CancellationToken cancellationToken) => run.Incident is { } id ? incidents.FindAsync(id, cancellationToken) : Task.FromResult<Incident?>(null);

    private async Task<string?> DigestAsync(Run run, int step, CancellationToken cancellationToken)
    {
        IEnumerable<string>? stands = Order(run, step) switch
        {
            StepOrder.Mitigate => (await mitigations.StandingAsync(cancellationToken)).All.Select(static one => one.Id),
            StepOrder.Stop => (await containments.ListAsync(new() { State = ContainmentState.InForce, Limit = ContainmentSet.Most }, cancellationToken)).Select(static one => one.Id.Value),
            StepOrder.Tell => [(await IncidentOf(run, cancellationToken))?.Notice ?? ""],
            _ => null,
        };
        return stands is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', stands.Order(StringComparer.Ordinal)))))[..16];
    }

    private static StepOrder Order(Run run, int step) => StepOrders.Of(run.Runbook.Steps[step], run.Parameters);

    private static string Reason(Run run) => $"runbook {run.Runbook.Name}, {run.Id}";

    /// <summary>Of the moment that was written before it was done, so that ids of containments stay in the order of time (RFC 9562 §5.7), and otherwise of run and step.</summary>
    private static ContainmentId StopId(Run run, int step)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{run.Id}/{run.Steps[step].Id}")).AsSpan(0, 16).ToArray();
        var begun = (run.Steps[step].BegunAt ?? run.StartedAt).ToUnixTimeMilliseconds();
        Span<byte> stamp = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stamp, begun);
        stamp[2..].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return ContainmentId.Create(new Guid(bytes, bigEndian: true));
    }
}

/// <param name="Says">One sentence, or a line for each thing.</param>
internal sealed record StepEffect(string Says, string? Before, string? After);

/// <summary>A step cannot be done as things are.</summary>
internal sealed class StepException(string message) : Exception(message);
