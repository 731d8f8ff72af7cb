using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Control.Identity;
using Paddock.Control.Ledger;
using Paddock.Core.Identity;
using Paddock.Core.Ledger;

namespace Paddock.Control;

/// <summary>The control plane: use cases and their HTTP API below <c>/control/v1</c>.</summary>
public static class ControlEndpoints
{
    public static IServiceCollection AddControl(this IServiceCollection services) => services
        .AddSingleton<CreateKey>().AddSingleton<ListKeys>().AddSingleton<RotateKey>().AddSingleton<RevokeKey>().AddSingleton<ListCalls>().AddSingleton<ControlDoor>();

    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/control/v1");
        control.MapPost("/keys", (HttpContext http, ControlDoor door, CreateKey use) =>
            door.RunAsync(http, ControlJson.Default.CreateKeyInput, ControlJson.Default.NewKey, use.RunAsync));
        control.MapGet("/keys", (HttpContext http, ControlDoor door, ListKeys use) =>
            door.RunAsync(http, ControlJson.Default.IReadOnlyListKeyView, use.RunAsync));
        control.MapPost("/keys/rotate", (HttpContext http, ControlDoor door, RotateKey use) =>
            door.RunAsync(http, ControlJson.Default.RotateKeyInput, ControlJson.Default.NewKey, use.RunAsync));
        control.MapDelete("/keys/{key}", (HttpContext http, ControlDoor door, RevokeKey use, string key) =>
            door.RunAsync(http, ControlJson.Default.KeyView, (actor, cancellationToken) => use.RunAsync(actor, key, cancellationToken)));
        control.MapGet("/calls", (HttpContext http, ControlDoor door, ListCalls use) =>
            door.RunAsync(http, ControlJson.Default.IReadOnlyListCallView, (actor, cancellationToken) => use.RunAsync(actor, QueryOf(http.Request.Query), cancellationToken)));
        control.MapGet("/calls/{id}", (HttpContext http, ControlDoor door, ListCalls use, string id) =>
            door.RunAsync(http, ControlJson.Default.CallView, (actor, cancellationToken) => use.FindAsync(actor, id, cancellationToken)));
        return routes;
    }

    private static CallQuery QueryOf(IQueryCollection query) => new()
    {
        Agent = Text(query, "agent"),
        Task = Text(query, "task"),
        NativeTask = Text(query, "session"),
        Key = Text(query, "key"),
        Principal = Text(query, "principal"),
        Since = DateTimeOffset.TryParse(Text(query, "since"), out var since) ? since : null,
        Until = DateTimeOffset.TryParse(Text(query, "until"), out var until) ? until : null,
        Before = CallId.TryParse(Text(query, "before") ?? "", out var before) ? before : null,
        Limit = Text(query, "limit") is { } limit ? int.TryParse(limit, out var number) ? number : 0 : 100,
    };

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var values) && values.Count == 1 ? values[0] : null;
}

/// <summary>The control API's door: authenticates, reads the input strictly, runs the use case and writes its outcome.</summary>
internal sealed class ControlDoor(KeyAuthenticator keys, IIdentities identities, TimeProvider time)
{
    public async Task RunAsync<TIn, TOut>(HttpContext http, JsonTypeInfo<TIn> input, JsonTypeInfo<TOut> output, Func<Actor, TIn, CancellationToken, Task<Outcome<TOut>>> use)
    {
        if (await AuthenticateAsync(http) is not { } actor)
        {
            return;
        }

        TIn? value;
        try
        {
            value = await JsonSerializer.DeserializeAsync(http.Request.Body, input, http.RequestAborted);
        }
        catch (JsonException exception)
        {
            await WriteAsync(http, new("paddock:invalid", "Invalid input", 400, $"The body is not what this endpoint takes (at {exception.Path ?? "$"}).", exception.Path));
            return;
        }

        if (value is null)
        {
            await WriteAsync(http, new("paddock:invalid", "Invalid input", 400, "The body must be a JSON object."));
            return;
        }

        await AnswerAsync(http, output, await use(actor, value, http.RequestAborted));
    }

    public async Task RunAsync<TOut>(HttpContext http, JsonTypeInfo<TOut> output, Func<Actor, CancellationToken, Task<Outcome<TOut>>> use)
    {
        if (await AuthenticateAsync(http) is { } actor)
        {
            await AnswerAsync(http, output, await use(actor, http.RequestAborted));
        }
    }

    private async Task<Actor?> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : http.Request.Headers["x-api-key"].ToString().Trim();
        var now = time.GetUtcNow();
        if (keys.Authenticate(token, now) is KeyOutcome.Known { Caller: var caller })
        {
            identities.NoteUse(caller.Key.Id, now);
            return new(caller.Principal.Id.Value, caller.Key.Scopes.Control);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        await WriteAsync(http, new("paddock:unauthenticated", "Unauthenticated", 401, "Present a Paddock key with control roles as Authorization: Bearer."));
        return null;
    }

    private static Task AnswerAsync<T>(HttpContext http, JsonTypeInfo<T> output, Outcome<T> outcome) => outcome switch
    {
        Outcome<T>.Done done => http.Response.WriteAsJsonAsync(done.Value, output, null, http.RequestAborted),
        Outcome<T>.Forbidden forbidden => WriteAsync(http, new("paddock:forbidden", "Forbidden", 403, $"This needs the control roles {string.Join(", ", RoleNames.Of(forbidden.Needed))}.")),
        Outcome<T>.Invalid invalid => WriteAsync(http, new("paddock:invalid", "Invalid input", 400, invalid.Message, invalid.Field)),
        Outcome<T>.NotFound missing => WriteAsync(http, new("paddock:not-found", "Not found", 404, missing.Message)),
        Outcome<T>.Conflict conflict => WriteAsync(http, new("paddock:conflict", "Conflict", 409, conflict.Message)),
        _ => throw new InvalidOperationException("An outcome is one of its cases."),
    };

    private static Task WriteAsync(HttpContext http, Problem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.Response.WriteAsJsonAsync(problem, ControlJson.Default.Problem, "application/problem+json", http.RequestAborted);
    }
}
