using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Identity;

namespace Paddock.Commands;

/// <summary><c>paddock user list|create|invite|disable|enable|erase|teams|roles|sign-out</c>.</summary>
internal static class UserCommand
{
    private const string Path = "/control/v1/users";

    private static readonly Argument<string> Name = new("name") { Description = "Name, or id." };
    private static readonly Argument<string[]> Teams = new("team") { Description = "All teams from now on; none leaves the user without.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string[]> Roles = new("role") { Description = "All control roles from now on; none takes them all.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Service = new("--service") { Description = "A service account." };
    private static readonly Option<string[]> Team = new Option<string[]>("--team") { Description = "Teams." }.TakesSeveral();

    public static Command Build() => new("user", "People and service accounts.")
    {
        List(),
        Create(),
        Change("disable", "End all keys of a user until enabled again.", static _ => new() { Disabled = true }),
        Change("enable", "Let a user's keys work again.", static _ => new() { Disabled = false }),
        Erase(),
        Invite(),
        SignOut(),
        Change("roles", "Set what a person may do in the control plane once signed in.", static parsed => new() { Roles = parsed.GetValue(Roles) ?? [] }, Roles),
        Change("teams", "Set the teams of a user.", static parsed => new() { Teams = parsed.GetValue(Teams) ?? [] }, Teams),
    };

    private static Command List() =>
        new Command("list", "List people and service accounts.").Asks(
            ControlJson.Default.UserList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.UserList, cancellationToken),
            static (list, printer) => printer.Table(
                ["name", "kind", "teams", "roles", "live keys", "sessions", "created", "state"],
                list.Users.Select(user => new[] { user.Name, user.Kind, string.Join(',', user.Teams), string.Join(',', user.Roles), Printer.Number(user.LiveKeys), Printer.Number(user.Sessions), Printer.Time(user.CreatedAt), user.Disabled ? "disabled" : "enabled" })));

    private static Command Create() =>
        new Command("create", "Make a person or service account.") { Name, Service, Team }.Asks(
            ControlJson.Default.UserView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path,
                JsonContent.Create(new() { Name = parsed.GetRequiredValue(Name), Service = parsed.GetValue(Service), Teams = parsed.GetValue(Team) ?? [] }, ControlJson.Default.CreateUserInput),
                ControlJson.Default.UserView, cancellationToken),
            static (user, printer) => printer.Line($"{user.Name} was made ({user.Id})."),
            creates: true);

    private static Command Invite() =>
        new Command("invite", "Make a link by which a person chooses a password: for a local account, once, within a day.") { Name }.Asks(
            ControlJson.Default.Invitation,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}/invitation", null, ControlJson.Default.Invitation, cancellationToken),
            static (invitation, printer) =>
            {
                printer.Line(invitation.Path);
                printer.Aside($"Put the server's address before it and give it to {invitation.User}, and to nobody else. It is good until {Printer.Time(invitation.ExpiresAt)}, once.");
            });

    private static Command SignOut() =>
        new Command("sign-out", "End all sessions of a user: console, agents and machines.") { Name }.Asks(
            ControlJson.Default.SessionList,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}/sessions", null, ControlJson.Default.SessionList, cancellationToken),
            static (ended, printer) => printer.Line($"{ended.Sessions.Count} sessions ended."));

    private static Command Erase() =>
        new Command("erase", "Forget who a disabled user is: their name goes, an id and a pseudonym stay. Kept content is redacted by 'paddock audit redact'.") { Name }.Asks(
            ControlJson.Default.UserView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}", null, ControlJson.Default.UserView, cancellationToken),
            static (user, printer) => printer.Line($"{user.Id} is {user.Name} now. What is kept of their calls: paddock audit redact --principal {user.Id}"));

    private static Command Change(string verb, string description, Func<ParseResult, ChangeUserInput> input, Argument<string[]>? more = null)
    {
        var command = new Command(verb, description) { Name };
        if (more is not null)
        {
            command.Add(more);
        }

        return command.Asks(
            ControlJson.Default.UserView,
            (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Patch, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Name))}",
                JsonContent.Create(input(parsed), ControlJson.Default.ChangeUserInput), ControlJson.Default.UserView, cancellationToken),
            static (user, printer) => printer.Line($"{user.Name} is {(user.Disabled ? "disabled" : "enabled")}, in {(user.Teams.Count == 0 ? "no team" : string.Join(", ", user.Teams))}."));
    }
}
