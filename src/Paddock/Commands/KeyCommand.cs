using System.CommandLine;
using System.Net.Http.Json;
using Paddock.Control;
using Paddock.Control.Identity;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary><c>paddock key create|list|rotate|revoke</c>.</summary>
internal static class KeyCommand
{
    private const string Path = "/control/v1/keys";

    private static readonly Option<string> Name = new("--name") { Description = "What the key is for.", Required = true };
    private static readonly Option<string> User = new("--user") { Description = "Its owner; made when new.", Required = true };
    private static readonly Option<bool> Service = new("--service") { Description = "The owner is a service account." };
    private static readonly Option<string[]> Team = new Option<string[]>("--team") { Description = "Teams of a new owner." }.TakesSeveral();
    private static readonly Option<string[]> Models = new Option<string[]>("--models") { Description = "Model names it may ask for; * at the end stands for anything. Default: all that the release allows." }.TakesSeveral();
    private static readonly Option<bool> Tools = new("--tools") { Description = "May call tools." };
    private static readonly Option<string[]> Control = new Option<string[]>("--control") { Description = "Control roles: viewer, identity, policy, operator, approver, enforcement, delegate, auditor, content, retention, admin. Such a key calls no models unless --models says so." }.TakesSeveral();
    private static readonly Option<string?> Agent = new("--agent") { Description = "Pin the agent." };
    private static readonly Option<string?> Mode = new("--mode") { Description = "Pin the mode." };
    private static readonly Option<string?> Repository = new("--repository") { Description = "Pin the repository." };
    private static readonly Option<string?> Environment = new("--environment") { Description = "Label for policy, such as prod." };
    private static readonly Option<string?> Expires = new Option<string?>("--expires") { Description = "Lifetime, such as 12h or 90d. Default: no end." }.TakesLifetime();
    private static readonly Option<string?> Overlap = new Option<string?>("--overlap") { Description = "How long the old key goes on, such as 24h (default) or 0s." }.TakesLifetime();
    private static readonly Argument<string> Key = new("key") { Description = "Id, prefix or name." };

    public static Command Build() => new("key", "API keys.") { Create(), List(), Rotate(), Revoke() };

    private static Command Create() =>
        new Command("create", "Make a key; prints it once.") { Name, User, Service, Team, Models, Tools, Control, Agent, Mode, Repository, Environment, Expires }.Asks(
            ControlJson.Default.NewKey,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, Path, JsonContent.Create(InputOf(parsed), ControlJson.Default.CreateKeyInput), ControlJson.Default.NewKey, cancellationToken),
            static (made, printer) => PrintNew(made, printer),
            creates: true);

    private static Command List() =>
        new Command("list", "List keys; never their text.").Asks(
            ControlJson.Default.KeyList,
            static (_, connection, cancellationToken) => connection.SendAsync(HttpMethod.Get, Path, null, ControlJson.Default.KeyList, cancellationToken),
            static (list, printer) => printer.Table(
                ["prefix", "name", "user", "use", "only", "created", "expires", "last used", "state"],
                list.Keys.Select(key => new[]
                {
                    key.Prefix, key.Name, key.User, UseOf(key), OnlyOf(key), Printer.Time(key.CreatedAt), Printer.Time(key.ExpiresAt), Printer.Time(key.LastUsedAt), StateOf(key),
                })));

    private static Command Rotate() =>
        new Command("rotate", "Replace a key by a new one; both work during the overlap.") { Key, Overlap }.Asks(
            ControlJson.Default.NewKey,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Key))}/rotate",
                JsonContent.Create(new RotateKeyInput(Seconds(parsed, Overlap)), ControlJson.Default.RotateKeyInput), ControlJson.Default.NewKey, cancellationToken),
            static (made, printer) => PrintNew(made, printer));

    private static Command Revoke() =>
        new Command("revoke", "End a key; running streams end with it.") { Key }.Asks(
            ControlJson.Default.KeyView,
            static (parsed, connection, cancellationToken) => connection.SendAsync(
                HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(parsed.GetRequiredValue(Key))}", null, ControlJson.Default.KeyView, cancellationToken),
            static (key, printer) => printer.Line($"{key.Prefix} ({key.Name}) is revoked."));

    /// <summary>The key alone is the result, so that a script can take it.</summary>
    private static void PrintNew(NewKey made, Printer printer)
    {
        printer.Aside($"Key '{made.Key.Name}' of {made.Key.User}, shown this once:");
        printer.Line(made.Token);
    }

    private static CreateKeyInput InputOf(ParseResult parsed) => new()
    {
        Name = parsed.GetRequiredValue(Name),
        User = parsed.GetRequiredValue(User),
        Service = parsed.GetValue(Service),
        Teams = parsed.GetValue(Team) ?? [],
        ModelPatterns = parsed.GetValue(Models) ?? [],
        Models = parsed.GetValue(Models) is { Length: > 0 } ? true : null,
        Tools = parsed.GetValue(Tools),
        Control = parsed.GetValue(Control) ?? [],
        Agent = parsed.GetValue(Agent),
        Mode = parsed.GetValue(Mode),
        Repository = parsed.GetValue(Repository),
        Environment = parsed.GetValue(Environment),
        ExpiresInSeconds = Seconds(parsed, Expires),
    };

    private static long? Seconds(ParseResult parsed, Option<string?> option) => Lifetime.TryParse(parsed.GetValue(option) ?? "", out var value) ? (long)value.TotalSeconds : null;

    private static string StateOf(KeyView key) => key switch
    {
        { RevokedAt: not null } => "revoked",
        { ExpiresAt: { } end } when end <= TimeProvider.System.GetUtcNow() => "expired",
        _ => "live",
    };

    /// <summary>What it is narrowed to.</summary>
    private static string OnlyOf(KeyView key) => string.Join(',', key.ModelPatterns.Concat(new[] { key.Agent, key.Mode, key.Repository, key.Environment }.Where(pin => !string.IsNullOrEmpty(pin)).OfType<string>()));

    private static string UseOf(KeyView key) => string.Join(",", new[] { key.Models ? "models" : "", key.Tools ? "tools" : "", string.Join(',', key.Control) }.Where(part => part.Length > 0));
}
