using Paddock.Core.Containments;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Snapshot;
using Paddock.Gateway.Containments;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Record;

namespace Paddock.Gateway.Execute;

/// <summary>Sends a call to a provider and its answer back, moving along the route while nothing has been committed to the client.</summary>
internal sealed class Execution(
    Upstreams upstreams, Credentials credentials, Attempt attempts, RefusalWriter refusals, InFlightCalls inFlight, ContainmentCheck containments, TimeProvider time)
{
    public async Task RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var plan = new TryPlan(exchange.Targets!, Random.Shared.NextDouble); // resolved by the decision
        AttemptResult.Failed? failed = null;
        while (true)
        {
            failed = exchange.EndCause is EndCause.Contained ? null : failed; // the order is told, not what failed before it
            exchange.Resume();
            if (LeaveContained(exchange, plan) is { } containment)
            {
                exchange.Contain(containment);
                await (failed is null ? EndedByPaddockAsync(exchange, cancellationToken) : GiveUpAsync(exchange, failed, cancellationToken));
                return;
            }

            failed = await TryTargetAsync(exchange, plan, cancellationToken) as AttemptResult.Failed;
            if (failed is null)
            {
                return;
            }

            var mayMoveOn = exchange.EndCause is EndCause.Contained && !exchange.Http.Response.HasStarted; // if the order stops at this provider
            if (exchange.IsEnded && !mayMoveOn)
            {
                await EndedByPaddockAsync(exchange, cancellationToken);
                return;
            }

            if (!mayMoveOn && !await TryWaitAsync(exchange, plan, failed, cancellationToken))
            {
                await GiveUpAsync(exchange, failed, cancellationToken);
                return;
            }
        }
    }

    /// <summary>Moves on from targets that are contained by now.</summary>
    /// <returns>What stops the last one; null when there is one to be asked.</returns>
    private Containment? LeaveContained(Exchange exchange, TryPlan plan)
    {
        Containment? found;
        do
        {
            found = containments.OfCall(exchange, plan.Target);
        }
        while (found is not null && plan.Skip());
        return found;
    }

    /// <summary>Waits as the plan says before the next try.</summary>
    /// <returns>False when there is none.</returns>
    private async Task<bool> TryWaitAsync(Exchange exchange, TryPlan plan, AttemptResult.Failed failed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested(); // nobody waits for what another provider says
        // A refused connection is refused again a moment later, and a wrong address stays wrong; everything else may pass.
        var wait = plan.Next(failed.RetryAfter, sameHelps: failed.ErrorClass is not (ErrorClasses.Connect or ErrorClasses.Redirect));
        if (wait > TimeSpan.Zero)
        {
            await WaitAsync(exchange, wait.Value, cancellationToken);
        }

        return wait is not null;
    }

    /// <summary>What ends a try ends the wait for one, too; the try after it finds out.</summary>
    private async Task WaitAsync(Exchange exchange, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(wait, time, exchange.BeginAttempt(endsWithClient: true));
        }
        catch (OperationCanceledException) when (exchange.IsEnded && !cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            exchange.EndAttempt();
        }
    }

    /// <summary>Tries a target with each of its credentials until one is taken.</summary>
    private Task<AttemptResult> TryTargetAsync(Exchange exchange, TryPlan plan, CancellationToken cancellationToken)
    {
        var provider = plan.Target.Provider;
        Secret?[] secrets = provider.Auth.Scheme is AuthScheme.None ? [null] : [.. credentials.For(provider)];
        return secrets.Length <= 1 // without one the provider says in its own words that it is missing
            ? TryOnceAsync(exchange, secrets.Length == 0 ? null : secrets[0], new(plan, MayChangeCredential: false), cancellationToken)
            : TryEachAsync(exchange, secrets, plan, cancellationToken);
    }

    private async Task<AttemptResult> TryEachAsync(Exchange exchange, Secret?[] secrets, TryPlan plan, CancellationToken cancellationToken)
    {
        foreach (var secret in secrets[..^1])
        {
            var result = await TryOnceAsync(exchange, secret, new(plan, MayChangeCredential: true), cancellationToken);
            if (result is not AttemptResult.Unauthorized)
            {
                return result;
            }
        }

        return await TryOnceAsync(exchange, secrets[^1], new(plan, MayChangeCredential: false), cancellationToken);
    }

    private async Task<AttemptResult> TryOnceAsync(Exchange exchange, Secret? secret, AttemptLimits limits, CancellationToken cancellationToken)
    {
        var target = limits.Plan.Target;
        exchange.Answer.Reset();
        exchange.ServedBy = target.Provider;
        exchange.ServedModel = target.Model;
        var drains = target.Provider.OnAbort is AbortHandling.Drain;
        var token = exchange.BeginAttempt(endsWithClient: !drains);
        var whenGone = drains ? exchange.Http.RequestAborted.UnsafeRegister(_ => inFlight.BeginDrain(exchange), null) : default;
        try
        {
            exchange.DeadlineMilliseconds = inFlight.Milliseconds() + (long)target.Provider.Timeouts.FirstByte.TotalMilliseconds;
            return await attempts.RunAsync(exchange, target, upstreams.For(target.Provider), secret, limits, token);
        }
        finally
        {
            await whenGone.DisposeAsync(); // it may be running
            exchange.EndAttempt();
            if (inFlight.EndDrain(exchange) && !exchange.EndDelivered)
            {
                (exchange.Outcome, exchange.ErrorClass) = (CallOutcome.Aborted, ErrorClasses.ClientAbort);
            }
        }
    }

    private async Task GiveUpAsync(Exchange exchange, AttemptResult.Failed failed, CancellationToken cancellationToken)
    {
        exchange.Outcome = CallOutcome.Failed;
        exchange.ErrorClass = failed.ErrorClass;
        var timedOut = failed.ErrorClass == ErrorClasses.Timeout;
        var refusal = failed.ErrorClass == ErrorClasses.NotEvaluated ? Refusals.NotEvaluated()
            : failed.ErrorClass == ErrorClasses.Redirect ? Refusals.Redirected(failed.Status)
            : failed.ErrorClass == ErrorClasses.Encoding
            ? new Refusal(RefusalReason.UpstreamEncoding, 502, "The provider answered in a content coding nobody asked for and Paddock cannot read.")
            : new Refusal(
                timedOut ? RefusalReason.UpstreamTimeout : RefusalReason.UpstreamUnavailable,
                timedOut ? 504 : 502,
                timedOut ? "The provider did not answer in time." : "No provider for this model could be reached.")
            {
                RetryAfter = failed.RetryAfter ?? TimeSpan.FromSeconds(5),
            };
        await refusals.WriteFailureAsync(exchange, refusal, cancellationToken);
    }

    private async Task EndedByPaddockAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (refusal, errorClass) = Refusals.OfEnd(exchange);
        (exchange.Outcome, exchange.ErrorClass) = (CallOutcome.Cancelled, errorClass);
        await refusals.WriteFailureAsync(exchange, refusal, cancellationToken);
    }
}

/// <param name="Plan">Whether an error before the commit may be given back.</param>
/// <param name="MayChangeCredential">Whether a 401 or 403 may be given back, because another credential is left.</param>
internal readonly record struct AttemptLimits(TryPlan Plan, bool MayChangeCredential);
