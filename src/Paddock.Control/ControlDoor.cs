using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paddock.Core.Identity;

namespace Paddock.Control;

/// <summary>The control plane's door: who comes in, what they hand over is read strictly, and each outcome becomes one answer.</summary>
public sealed class ControlDoor(KeyAuthenticator keys, IIdentities identities, TimeProvider time, ILogger<ControlDoor> logger)
{
    private static readonly Problem Unavailable = new("paddock:unavailable", "Unavailable", StatusCodes.Status503ServiceUnavailable, "It could not be done now; the server's log says why. Nothing may be assumed changed.");

    private static readonly Problem NoRoles = new("paddock:forbidden", "Forbidden", StatusCodes.Status403Forbidden, "This needs control roles, and the key has none. Which of them an operation needs is in docs/control-api.md.");

    private static readonly Problem TooLarge = new("paddock:too-large", "Too large", StatusCodes.Status413PayloadTooLarge, "The body is larger than this endpoint takes.");

    /// <summary>Lets a request in whose key has the roles; answers 401 or 403 itself otherwise.</summary>
    public async Task AdmitAsync(HttpContext http, ControlEndpoint endpoint, RequestDelegate next)
    {
        http.Response.Headers.CacheControl = "no-store";
        var actor = http.Features.Get<Actor>() ?? Authenticate(http.Request);
        if (actor is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await WriteAsync(http, Problem.Unauthenticated);
        }
        else if (actor.Roles is ControlRoles.None || !actor.May(endpoint.Needed))
        {
            await WriteAsync(http, endpoint.Needed is ControlRoles.None ? NoRoles : Forbidden(endpoint.Needed));
        }
        else
        {
            http.Features.Set(actor);
            await next(http);
            if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false })
            {
                await WriteAsync(http, Problem.Invalid("A value in the query or path is not of its type: moments are ISO 8601, numbers whole.")); // what binding refuses, it says nothing about
            }
        }
    }

    /// <summary>Runs a use case that takes an input.</summary>
    internal async Task RunAsync<TIn, TOut>(
        HttpContext http, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, Func<Actor, TIn, CancellationToken, Task<Outcome<TOut>>> use)
        where TIn : class
    {
        if (!http.Request.HasJsonContentType())
        {
            await WriteAsync(http, Problem.NotJson);
            return;
        }

        TIn? value = null;
        string? fault = null;
        try
        {
            value = await JsonSerializer.DeserializeAsync(http.Request.Body, input, http.RequestAborted);
        }
        catch (JsonException exception)
        {
            // The exception's own text may quote the input.
            fault = exception.Path ?? "$";
        }
        catch (BadHttpRequestException exception) when (IsTooLarge(exception))
        {
            await WriteAsync(http, TooLarge);
            return;
        }

        if (value is null)
        {
            await WriteAsync(http, Problem.Invalid(fault is null ? "The body must be a JSON object." : $"The body is not what this endpoint takes, at {fault}.", fault));
            return;
        }

        await RunAsync(http, output, (actor, cancellationToken) => use(actor, value, cancellationToken));
    }

    /// <summary>Runs a use case.</summary>
    internal async Task RunAsync<TOut>(HttpContext http, JsonTypeInfo<TOut> output, Func<Actor, CancellationToken, Task<Outcome<TOut>>> use)
    {
        var actor = ActorOf(http);
        try
        {
            var outcome = await use(actor, http.RequestAborted);
            await (outcome is Outcome<TOut>.Done done ? http.Response.WriteAsJsonAsync(done.Value, output, null, http.RequestAborted) : RefuseAsync(http, outcome));
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, IsTooLarge(exception) ? TooLarge : Problem.Invalid(exception.Message));
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            Log.RequestFailed(logger, exception, http.Request.Path);
            await WriteAsync(http, Unavailable);
        }
    }

    /// <summary>Runs a use case whose result is written as it is made.</summary>
    internal async Task StreamAsync(HttpContext http, string contentType, Func<Actor, CancellationToken, Task<Outcome<Func<Stream, CancellationToken, Task>>>> use)
    {
        var outcome = await use(ActorOf(http), http.RequestAborted);
        if (outcome is not Outcome<Func<Stream, CancellationToken, Task>>.Done { Value: var write })
        {
            await RefuseAsync(http, outcome);
            return;
        }

        try
        {
            http.Response.ContentType = contentType;
            await write(http.Response.Body, http.RequestAborted);
        }
        catch (Exception exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.RequestFailed(logger, exception, http.Request.Path);
            if (http.Response.HasStarted)
            {
                http.Abort(); // half a copy must not look like a whole one
                return;
            }

            await WriteAsync(http, Unavailable);
        }
    }

    /// <summary>Writes an error of the control API.</summary>
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.Response.WriteAsJsonAsync(problem, ControlJson.Default.Problem, Problem.ContentType, http.RequestAborted);
    }

    /// <summary>The key or token that a request shows: as a bearer, or as <c>x-api-key</c>. Empty when it shows none.</summary>
    public static ReadOnlySpan<char> KeyIn(HttpRequest request) =>
        BearerText.In(request.Headers.Authorization.ToString()) is { IsEmpty: false } bearer ? bearer : request.Headers["x-api-key"].ToString().AsSpan().Trim();

    private Actor? Authenticate(HttpRequest request)
    {
        var now = time.GetUtcNow();
        if (keys.Authenticate(KeyIn(request), now) is not KeyOutcome.Known { Caller: var caller })
        {
            return null;
        }

        identities.NoteUse(caller.Key.Id, now);
        return Actor.Of(caller);
    }

    private static Actor ActorOf(HttpContext http) =>
        http.Features.Get<Actor>() ?? throw new InvalidOperationException("A control endpoint was reached without passing the door.");

    private static Task RefuseAsync<T>(HttpContext http, Outcome<T> outcome) => outcome switch
    {
        Outcome<T>.Forbidden forbidden => WriteAsync(http, Forbidden(forbidden.Needed)),
        Outcome<T>.NotAllowed refused => WriteAsync(http, new("paddock:not-allowed", "Not allowed", StatusCodes.Status403Forbidden, refused.Message)),
        Outcome<T>.Invalid invalid => WriteAsync(http, Problem.Invalid(invalid.Message, invalid.Field)),
        Outcome<T>.NotFound missing => WriteAsync(http, new("paddock:not-found", "Not found", StatusCodes.Status404NotFound, missing.Message)),
        Outcome<T>.Conflict conflict => WriteAsync(http, new("paddock:conflict", "Conflict", StatusCodes.Status409Conflict, conflict.Message)),
        Outcome<T>.Faulty faulty => WriteAsync(http, new("paddock:release-refused", "Release refused", StatusCodes.Status422UnprocessableEntity, $"The release has {Problem.Counted(faulty.Faults.Count)}; nothing of it was taken.", Faults: faulty.Faults)),
        _ => throw new InvalidOperationException("An outcome is one of its cases."),
    };

    private static bool IsTooLarge(BadHttpRequestException exception) => exception.StatusCode is StatusCodes.Status413PayloadTooLarge;

    private static Problem Forbidden(ControlRoles needed) =>
        new("paddock:forbidden", "Forbidden", StatusCodes.Status403Forbidden, $"This needs the control roles {string.Join(", ", Identity.RoleNames.Of(needed))}.");
}
