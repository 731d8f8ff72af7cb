using Microsoft.Extensions.Logging;
using Paddock.Core.Agents;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway.Record;

/// <summary>Writes a call's row: opened before anything is sent, closed always, with what it really used.</summary>
internal sealed class Recording(ILedger ledger, Pricing pricing, Fingerprints fingerprints, LiveTasks tasks, GatewayMetrics metrics, TimeProvider time, ILogger<Recording> logger)
{
    /// <exception cref="LedgerUnavailableException">The call must not be sent.</exception>
    public void Open(Exchange exchange)
    {
        var floor = FloorOf(exchange, 0);
        ledger.Open(OpeningOf(exchange, floor));
        exchange.Opened = true;
        if (!exchange.Entrance.CountsTokens)
        {
            tasks.Turn(exchange);
        }
    }

    /// <summary>Closes the row, settles the hold and counts. Never throws: a call must end whatever the ledger does.</summary>
    public void Close(Exchange exchange)
    {
        try
        {
            CloseOrThrow(exchange);
        }
        catch (Exception exception)
        {
            Log.ClosingFailed(logger, exception, exchange.Id.ToString());
        }
    }

    /// <summary>What the usage known so far costs, in nano-USD, for <c>usage.cost</c>.</summary>
    public long CostSoFar(Exchange exchange) => PriceOf(exchange, exchange.Answer.Usage) is { } priced ? priced.Price.Cost(exchange.Answer.Usage) : 0;

    /// <summary>What the call has used, and its cost in nano-USD, as its row will say.</summary>
    /// <param name="isServed">A provider's answer is being passed on, of which there is no attempt yet.</param>
    public (TokenUsage Usage, long Cost) Spent(Exchange exchange, bool isServed)
    {
        var (usage, _) = UsageOf(exchange, isServed);
        return (usage, usage.Total > 0 && PriceOf(exchange, usage) is { } priced ? priced.Price.Cost(usage) : 0);
    }

    private void CloseOrThrow(Exchange exchange)
    {
        var (usage, estimated) = UsageOf(exchange, isServed: false);
        var priced = usage.Total > 0 ? PriceOf(exchange, usage) : null;
        var cost = priced?.Price.Cost(usage) ?? 0;
        exchange.Hold?.Settle(cost, usage.Total);
        if (exchange.Caller is not null && !exchange.Opened)
        {
            TryOpenRefused(exchange);
        }

        var closing = ClosingOf(exchange, usage, estimated, priced, cost);
        if (exchange.Opened)
        {
            tasks.Spend(exchange, cost);
            ledger.Close(closing);
        }

        if (exchange is { Outcome: CallOutcome.Cancelled, ContainedBy: { } containment })
        {
            Log.CallContained(logger, exchange.Id.ToString(), containment.Id.Value);
        }

        metrics.Ended(exchange, closing);
        CallTrace.End(exchange.Span, exchange, closing);
    }

    /// <summary>A refused call has its row too, when the caller is known; an unknown caller could fill the disk and is only counted.</summary>
    private void TryOpenRefused(Exchange exchange)
    {
        if (exchange.Refusal?.Reason is Core.Policies.RefusalReason.LedgerUnavailable)
        {
            return;
        }

        ledger.Open(OpeningOf(exchange, default));
        exchange.Opened = true;
    }

    private CallOpening OpeningOf(Exchange exchange, (long NanoUsd, long Tokens) floor)
    {
        var caller = exchange.Caller!; // only called for known callers
        var task = exchange.Task;
        return new()
        {
            Id = exchange.Id,
            At = exchange.ReceivedAt,
            Principal = caller.Principal.Id.Value,
            Key = caller.Key.Id.Value,
            Teams = caller.Principal.Teams,
            Agent = task.Agent,
            AgentVersion = task.AgentVersion,
            Task = exchange.TaskId,
            NativeTask = task.NativeTask,
            ParentTask = task.ParentTask,
            Mode = task.Mode,
            Repository = task.Repository,
            Device = task.Device,
            Wire = exchange.Wire,
            Path = exchange.Entrance.Path,
            ModelAsked = exchange.Request.Model,
            Stream = exchange.Request.Stream,
            RequestBytes = exchange.Body?.Length ?? 0,
            ReleaseDigest = exchange.Snapshot?.Digest.Value ?? "",
            SystemHash = Hash(exchange, BodyPart.System),
            ToolsHash = Hash(exchange, BodyPart.Tools),
            ModeHash = task.Mode is null ? null : fingerprints.Of(task.Mode),
            FloorNanoUsd = floor.NanoUsd,
            FloorTokens = floor.Tokens,
        };
    }

    private string? Hash(Exchange exchange, BodyPart part)
    {
        var bytes = exchange.Part(part);
        return bytes.IsEmpty ? null : fingerprints.Of(bytes);
    }

    private CallClosing ClosingOf(Exchange exchange, TokenUsage usage, bool estimated, PricedBy? priced, long cost)
    {
        var now = time.GetTimestamp();
        return new()
        {
            Id = exchange.Id,
            At = time.GetUtcNow(),
            Outcome = exchange.Outcome,
            Status = exchange.Status,
            ErrorClass = exchange.ErrorClass,
            Provider = exchange.Opened && exchange.Attempts.Count > 0 ? exchange.ServedBy?.Name : null,
            ModelServed = exchange.Answer.Model ?? exchange.ServedModel,
            Usage = usage,
            Estimated = estimated,
            CostNanoUsd = cost,
            PriceSource = priced?.Source ?? PriceSource.Unknown,
            PriceRow = priced?.Row,
            Duration = time.GetElapsedTime(exchange.StartedTicks, now),
            FirstDelta = exchange.FirstDeltaTicks == 0 ? null : time.GetElapsedTime(exchange.StartedTicks, exchange.FirstDeltaTicks),
            Finish = exchange.Answer.Finish,
            ResponseBytes = exchange.ResponseBytes,
            Attempts = exchange.Attempts,
        };
    }

    /// <summary>
    /// The provider's own usage when it was told; else, for a call that reached a provider and was not plainly refused there, a floor:
    /// about four bytes a token, as is usual for English and code.
    /// </summary>
    private static (TokenUsage Usage, bool Estimated) UsageOf(Exchange exchange, bool isServed)
    {
        var answer = exchange.Answer;
        if (exchange.Entrance.CountsTokens || (exchange.Attempts.Count == 0 && !isServed))
        {
            return (default, false);
        }

        // Some providers tell a running sum with every event; it is final when the turn has ended.
        var isFinal = answer.HasUsage && (answer.Ended || answer.Finish is not null || exchange.Outcome is CallOutcome.Complete);
        if (isFinal)
        {
            return (answer.Usage, false);
        }

        var nothingServed = exchange.Outcome is CallOutcome.Failed && answer.DeltaBytes == 0 && !answer.HasInput && !answer.HasUsage;
        if (nothingServed)
        {
            return (default, false);
        }

        var output = Math.Max(answer.Usage.Output, (answer.DeltaBytes + 3) / 4);
        return answer.HasInput || answer.HasUsage
            ? (answer.Usage with { Output = output }, true)
            : (new() { Input = ((exchange.Body?.Length ?? 0) + 3) / 4, Output = output }, true);
    }

    private (long NanoUsd, long Tokens) FloorOf(Exchange exchange, long output)
    {
        if (exchange.Entrance.CountsTokens)
        {
            return default;
        }

        var usage = new TokenUsage { Input = (exchange.Body!.Length + 3) / 4, Output = output }; // received before
        return (PriceOf(exchange, usage)?.Price.Cost(usage) ?? 0, usage.Total);
    }

    private PricedBy? PriceOf(Exchange exchange, in TokenUsage usage)
    {
        if (exchange.Snapshot is not { } snapshot || exchange.Targets is not { } targets)
        {
            return null;
        }

        var target = exchange is { ServedBy: { } provider, ServedModel: { } model } ? new UpstreamTarget(provider, model) : targets.Targets[0];
        return pricing.Find(snapshot, targets.Document, target, exchange.ReceivedAt, usage.Input + usage.CacheRead + usage.CacheWrite5m + usage.CacheWrite1h);
    }
}
