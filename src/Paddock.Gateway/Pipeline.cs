using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Core.Ledger;
using Paddock.Core.Policies;
using Paddock.Gateway.Decide;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Guard;
using Paddock.Gateway.Identify;
using Paddock.Gateway.Receive;
using Paddock.Gateway.Record;
using Paddock.Gateway.Tasks;

namespace Paddock.Gateway;

/// <summary>The path of a call: receive, identify, decide, execute, record. Read this first.</summary>
internal sealed class Pipeline(
    Identification identify, Reception receive, Decision decide, ClientCheck clients, TaskModes modes, ContextCheck contexts, LiveTasks tasks, ToolResults results, OfferReview offers, Execution execute, Recording record,
    RefusalWriter refusals, InFlightCalls inFlight, TimeProvider time, ILogger<Pipeline> logger)
{
    public async Task RunAsync(HttpContext http, Entrance entrance)
    {
        var exchange = new Exchange(http, entrance, time.GetUtcNow(), time.GetTimestamp()) { Span = CallTrace.Start() };
        inFlight.Add(exchange);
        try
        {
            await RunAsync(exchange, http.RequestAborted);
        }
        catch (Exception exception) when (IsClientGone(exception, http))
        {
            exchange.Outcome = exchange.EndDelivered ? CallOutcome.Complete : CallOutcome.Aborted;
            exchange.ErrorClass = exchange.EndDelivered ? null : exchange.ErrorClass ?? "client_abort";
        }
        catch (BadHttpRequestException fault) when (!http.Response.HasStarted)
        {
            exchange.Outcome = CallOutcome.Aborted;
            exchange.ErrorClass = "client_abort";
            await refusals.WriteFailureAsync(exchange, Refusals.BrokenRequest(fault.StatusCode), http.RequestAborted);
        }
        catch (OperationCanceledException) when (exchange.IsEnded && !http.Response.HasStarted)
        {
            await refusals.WriteAsync(exchange, Refusals.OfEnd(exchange).Refusal, http.RequestAborted); // while somebody was asked about what it offers
        }
        catch (LedgerUnavailableException)
        {
            await refusals.WriteAsync(exchange, Refusals.LedgerUnavailable(), http.RequestAborted);
        }
        catch (Exception fault) when (!http.Response.HasStarted && fault is not (OperationCanceledException or BadHttpRequestException))
        {
            Log.CallFailed(logger, fault, entrance.Path);
            await FailAsync(exchange);
        }
        finally
        {
            exchange.LeaveDecisions();
            record.Close(exchange);
            exchange.Body?.Dispose();
            inFlight.Remove(exchange);
        }
    }

    private async Task RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var refusal = identify.FindCaller(exchange)            // who is calling; nothing of the body is read before that is known
            ?? await receive.ReadAsync(exchange, cancellationToken); // the whole body, within limits, well-formed
        if (refusal is null)
        {
            identify.FindTask(exchange);                       // which agent, task and mode it says it is
            await clients.PrepareAsync(exchange, cancellationToken); // which client that is, and whether its settings are too old
            await modes.PrepareAsync(exchange);                // a call that says no mode is in the one its task last said
            await contexts.PrepareAsync(exchange);             // how long its task goes on already
            refusal = decide.Judge(exchange);                  // may they call this model in this mode; is there budget
        }

        if (refusal is null)
        {
            results.Read(exchange);                            // what came of the tool calls before
            await tasks.PrepareAsync(exchange);                // what rules ask of the task is known
            refusal = await offers.JudgeAsync(exchange);       // may the provider run what is offered; which tools are hidden
        }

        if (refusal is not null)
        {
            await refusals.WriteAsync(exchange, refusal, cancellationToken);
            return;
        }

        record.Open(exchange);                                 // the opening is with the operating system before anything is sent
        await execute.RunAsync(exchange, cancellationToken);   // forward, stream back
    }

    /// <summary>A bug of ours: the client hears of it in its own wire.</summary>
    private Task FailAsync(Exchange exchange)
    {
        exchange.Http.Response.Clear();
        (exchange.Outcome, exchange.ErrorClass) = (CallOutcome.Failed, "internal_error");
        return refusals.WriteFailureAsync(exchange, Refusals.Internal(), exchange.Http.RequestAborted);
    }

    /// <summary>A client that went away is no fault of ours, and there is nobody to tell.</summary>
    private static bool IsClientGone(Exception exception, HttpContext http) => exception switch
    {
        ConnectionResetException or ConnectionAbortedException => true, // first: the latter is a cancellation too
        OperationCanceledException => http.RequestAborted.IsCancellationRequested,
        BadHttpRequestException => http.RequestAborted.IsCancellationRequested,
        IOException => http.RequestAborted.IsCancellationRequested,
        _ => false,
    };
}
