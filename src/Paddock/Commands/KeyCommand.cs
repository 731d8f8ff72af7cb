using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Identity;

namespace Paddock.Commands;

/// <summary><c>paddock key create|list|rotate|revoke</c>.</summary>
internal static class KeyCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "What the key is for.", Required = true };
    private static readonly Option<string> User = new("--user") { Description = "Its owner; made when new.", Required = true };
    private static readonly Option<bool> Service = new("--service") { Description = "The owner is a service account." };
    private static readonly Option<string[]> Team = new("--team") { Description = "Teams of a new owner.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Models = new("--models") { Description = "Model names it may ask for; * at the end stands for anything.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Control = new("--control") { Description = "Control roles: viewer, identity, policy, operator, admin.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Agent = new("--agent") { Description = "Pin the agent." };
    private static readonly Option<string?> Mode = new("--mode") { Description = "Pin the mode." };
    private static readonly Option<string?> Repository = new("--repository") { Description = "Pin the repository." };
    private static readonly Option<string?> Environment = new("--environment") { Description = "Label for policy, such as prod." };
    private static readonly Option<string?> Expires = new("--expires") { Description = "Lifetime, such as 12h or 90d." };
    private static readonly Option<string?> Overlap = new("--overlap") { Description = "How long the old key goes on, such as 24h (default) or 0s." };
    private static readonly Argument<string> Key = new("key") { Description = "Id, prefix or name." };

    public static Command Build() => new("key", "API keys.") { Create(), List(), Rotate(), Revoke() };

    private static Command Create()
    {
        var command = new Command("create", "Make a key; prints it once.") { Name, User, Service, Team, Models, Control, Agent, Mode, Repository, Environment, Expires };
        command.Runs(
            ControlJson.Default.NewKey,
            (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, "/control/v1/keys", JsonContent.Create(InputOf(parsed), ControlJson.Default.CreateKeyInput), ControlJson.Default.NewKey, cancellationToken),
            static (made, output) => output.WriteLine(made.Token));
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "List keys; never their text.");
        command.Runs(
            ControlJson.Default.IReadOnlyListKeyView,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, "/control/v1/keys", null, ControlJson.Default.IReadOnlyListKeyView, cancellationToken),
            static (keys, output) => Tables.Write(
                output, ["prefix", "name", "user", "use", "created", "expires", "last used", "state"],
                keys.Select(key => new[] { key.Prefix, key.Name, key.User, UseOf(key), Tables.Time(key.CreatedAt), Tables.Time(key.ExpiresAt), Tables.Time(key.LastUsedAt), key.RevokedAt is null ? "live" : "revoked" })));
        return command;
    }

    private static Command Rotate()
    {
        var command = new Command("rotate", "Replace a key by a new one; both work during the overlap.") { Key, Overlap };
        command.Runs(
            ControlJson.Default.NewKey,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, "/control/v1/keys/rotate",
                JsonContent.Create(new RotateKeyInput(parsed.GetValue(Key)!, Lifetimes.Seconds(parsed.GetValue(Overlap), "--overlap")), ControlJson.Default.RotateKeyInput), // an argument is required
                ControlJson.Default.NewKey, cancellationToken),
            static (made, output) => output.WriteLine(made.Token));
        return command;
    }

    private static Command Revoke()
    {
        var command = new Command("revoke", "End a key; running streams end with it.") { Key };
        command.Runs(
            ControlJson.Default.KeyView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Delete, "/control/v1/keys/" + Uri.EscapeDataString(parsed.GetValue(Key)!), null, ControlJson.Default.KeyView, cancellationToken), // an argument is required
            static (key, output) => output.WriteLine($"{key.Prefix} ({key.Name}) is revoked."));
        return command;
    }

    private static CreateKeyInput InputOf(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(Name)!, // required
        User = parsed.GetValue(User)!, // required
        Service = parsed.GetValue(Service),
        Teams = parsed.GetValue(Team) ?? [],
        ModelPatterns = parsed.GetValue(Models) ?? [],
        Models = parsed.GetValue(Models) is { Length: > 0 } ? true : null,
        Control = parsed.GetValue(Control) ?? [],
        Agent = parsed.GetValue(Agent),
        Mode = parsed.GetValue(Mode),
        Repository = parsed.GetValue(Repository),
        Environment = parsed.GetValue(Environment),
        ExpiresInSeconds = Lifetimes.Seconds(parsed.GetValue(Expires), "--expires"),
    };

    private static string UseOf(KeyView key) => string.Join(" ", new[] { key.Models ? "models" : "", key.Tools ? "tools" : "", string.Join(' ', key.Control) }.Where(part => part.Length > 0));
}
