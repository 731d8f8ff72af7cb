using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Identity;

namespace Paddock.Commands;

/// <summary><c>paddock user list|create|disable|enable|erase|teams</c>.</summary>
internal static class UserCommand
{
    private const string Path = "/control/v1/users";

    private static readonly Argument<string> Name = new("name") { Description = "Name, or id." };
    private static readonly Argument<string[]> Teams = new("team") { Description = "All teams from now on; none leaves the user without.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Service = new("--service") { Description = "A service account." };
    private static readonly Option<string[]> Team = new Option<string[]>("--team") { Description = "Teams." }.TakesSeveral();

    public static Command Build() => new("user", "People and service accounts.")
    {
        List(),
        Create(),
        Change("disable", "End all keys of a user until enabled again.", static _ => new() { Disabled = true }),
        Change("enable", "Let a user's keys work again.", static _ => new() { Disabled = false }),
        Erase(),
        Change("teams", "Set the teams of a user.", static parsed => new() { Teams = parsed.GetValue(Teams) ?? [] }, Teams),
    };

    private static Command List() =>
        new Command("list", "List people and service accounts.").Asks(
            ControlJson.Default.UserList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.UserList, cancellationToken),
            static (list, printer) => printer.Table(
                ["name", "kind", "teams", "live keys", "created", "state"],
                list.Users.Select(user => new[] { user.Name, user.Kind, string.Join(',', user.Teams), Printer.Number(user.LiveKeys), Printer.Time(user.CreatedAt), user.Disabled ? "disabled" : "enabled" })));

    private static Command Create() =>
        new Command("create", "Make a person or service account.") { Name, Service, Team }.Asks(
            ControlJson.Default.UserView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path,
                JsonContent.Create(new() { Name = parsed.GetRequiredValue(Name), Service = parsed.GetValue(Service), Teams = parsed.GetValue(Team) ?? [] }, ControlJson.Default.CreateUserInput),
                ControlJson.Default.UserView, cancellationToken),
            static (user, printer) => printer.Line($"{user.Name} was made ({user.Id})."),
            creates: true);

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
