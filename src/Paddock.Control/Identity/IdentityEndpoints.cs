using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Identity;

/// <summary>Keys, people and service accounts over HTTP.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder control)
    {
        var keys = control.MapGroup("/keys").WithTags("Keys");
        keys.MapPost("", (HttpContext http, ControlDoor door, CreateKey use) => door.RunAsync(http, ControlJson.Default.CreateKeyInput, ControlJson.Default.NewKey, use.RunAsync))
            .WithSummary("Make a key; its text is in the answer and nowhere else.").Accepts<CreateKeyInput>("application/json").Produces<NewKey>().ProducesProblem(400).ProducesProblem(409);
        keys.MapGet("", (HttpContext http, ControlDoor door, ListKeys use) => door.RunAsync(http, ControlJson.Default.KeyList, use.RunAsync))
            .WithSummary("List keys, never their text.").Produces<KeyList>();
        keys.MapPost("/{key}/rotate", (HttpContext http, ControlDoor door, RotateKey use, string key) =>
            door.RunAsync(http, ControlJson.Default.RotateKeyInput, ControlJson.Default.NewKey, (actor, input, cancellationToken) => use.RunAsync(actor, key, input, cancellationToken)))
            .WithSummary("Replace a key by a new one; both work during the overlap.").Accepts<RotateKeyInput>("application/json").Produces<NewKey>().ProducesProblem(404).ProducesProblem(409);
        keys.MapDelete("/{key}", (HttpContext http, ControlDoor door, RevokeKey use, string key) =>
            door.RunAsync(http, ControlJson.Default.KeyView, (actor, cancellationToken) => use.RunAsync(actor, key, cancellationToken)))
            .WithSummary("Revoke a key; running streams end with it.").Produces<KeyView>().ProducesProblem(404).ProducesProblem(409);

        var users = control.MapGroup("/users").WithTags("Users");
        users.MapPost("", (HttpContext http, ControlDoor door, CreateUser use) => door.RunAsync(http, ControlJson.Default.CreateUserInput, ControlJson.Default.UserView, use.RunAsync))
            .WithSummary("Make a person or service account.").Accepts<CreateUserInput>("application/json").Produces<UserView>().ProducesProblem(400).ProducesProblem(409);
        users.MapGet("", (HttpContext http, ControlDoor door, ListUsers use) => door.RunAsync(http, ControlJson.Default.UserList, use.RunAsync))
            .WithSummary("List people and service accounts.").Produces<UserList>();
        users.MapPatch("/{user}", (HttpContext http, ControlDoor door, ChangeUser use, string user) =>
            door.RunAsync(http, ControlJson.Default.ChangeUserInput, ControlJson.Default.UserView, (actor, input, cancellationToken) => use.RunAsync(actor, user, input, cancellationToken)))
            .WithSummary("Change teams and roles, disable or enable.").Accepts<ChangeUserInput>("application/json").Produces<UserView>().ProducesProblem(404).ProducesProblem(409);
        users.MapDelete("/{user}", (HttpContext http, ControlDoor door, EraseUser use, string user) =>
            door.RunAsync(http, ControlJson.Default.UserView, (actor, cancellationToken) => use.RunAsync(actor, user, cancellationToken)))
            .WithSummary("Forget who a disabled user is; what was recorded under the id stays.").Produces<UserView>().ProducesProblem(404).ProducesProblem(409);
        users.MapPost("/{user}/invitation", (HttpContext http, ControlDoor door, InvitePerson use, string user) =>
            door.RunAsync(http, ControlJson.Default.Invitation, (actor, cancellationToken) => use.RunAsync(actor, user, cancellationToken)))
            .WithSummary("Make a link by which the person chooses a password, once.").Produces<Invitation>().ProducesProblem(404).ProducesProblem(409);
        users.MapDelete("/{user}/sessions", (HttpContext http, ControlDoor door, EndSession use, string user) =>
            door.RunAsync(http, ControlJson.Default.SessionList, (actor, cancellationToken) => use.AllAsync(actor, user, cancellationToken)))
            .WithSummary("End all sessions of a user; running streams end with them.").Produces<SessionList>().ProducesProblem(404);

        var sessions = control.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapGet("", (HttpContext http, ControlDoor door, ListSessions use, string? user) =>
            door.RunAsync(http, ControlJson.Default.SessionList, (actor, cancellationToken) => use.RunAsync(actor, user, cancellationToken)))
            .WithSummary("List the sessions that live, of all or of one user.").Produces<SessionList>().ProducesProblem(404);
        sessions.MapDelete("/{session}", (HttpContext http, ControlDoor door, EndSession use, string session) =>
            door.RunAsync(http, ControlJson.Default.SessionView, (actor, cancellationToken) => use.RunAsync(actor, session, cancellationToken)))
            .WithSummary("End a session; running streams end with it.").Produces<SessionView>().ProducesProblem(404);
    }
}
