using System.CommandLine;
using Paddock.Core.Identity;
using Paddock.Identity;

namespace Paddock.Commands;

/// <summary><c>paddock login|token|logout</c>: a person's sign-in on this machine, and the short tokens that agents ask for.</summary>
internal static class LoginCommand
{
    private static readonly Option<string?> Server = new("--server") { Description = "Agents' address of the server, or PADDOCK_SERVER. Default: where this machine was signed in last." };
    private static readonly Option<string?> Name = new("--name") { Description = "What this machine is called on the page that asks you. Default: its host name." };

    public static Command Build()
    {
        var command = new Command("login", "Sign this machine in: shows a code, and waits until you have said yes in a browser.") { Server, Name };
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => LoginAsync(parsed, cancellationToken)));
        return command;
    }

    public static Command BuildToken()
    {
        var command = new Command("token", "Print a short token of this machine's sign-in: the token command of Codex, opencode and Copilot, and Claude Code's apiKeyHelper.");
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => TokenAsync(parsed, cancellationToken)));
        return command;
    }

    public static Command BuildLogout()
    {
        var command = new Command("logout", "End this machine's sign-in, here and at the server.");
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => LogoutAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> LoginAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (saved, errors) = (SavedLogin.OfUser(), parsed.InvocationConfiguration.Error);
        var server = AddressOf(parsed) ?? saved.Read()?.Server ?? throw new CommandException("Where? Give the agents' address of your Paddock with --server or PADDOCK_SERVER.");
        using var http = Http();
        var client = new OAuthClient(http, server, TimeProvider.System);
        var device = await client.BeginAsync(parsed.GetValue(Name) ?? Environment.MachineName, cancellationToken);
        await errors.WriteLineAsync(Visible.Lines($"Open {PageOf(device)}\nand say yes if it shows this code: {Visible.Line(device.UserCode)}"));
        var token = await client.WaitAsync(device, cancellationToken);
        if (token.RefreshToken is not { } secret || !KeyToken.IsSessionSecret(secret))
        {
            throw new CommandException("The server gave no session."); // what it gives goes on to the keychain and to agents
        }

        var before = saved.Read();
        var kept = saved.Write(server, new(secret));
        await errors.WriteLineAsync($"You are signed in at {server}. The session lies in {(kept ? "the system's keychain" : saved.File + ", readable by you alone")}.");
        if (before is var (old, replaced) && !await IsEndedAsync(old, replaced, cancellationToken))
        {
            await errors.WriteLineAsync($"The session that this machine had at {old} could not be ended; it stands on your account's page there.");
        }

        return CommandLine.Done;
    }

    private static async Task<int> TokenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (SavedLogin.OfUser().Read() is not var (server, secret))
        {
            throw new CommandException("This machine is not signed in. Run: paddock login --server ADDRESS");
        }

        using var http = Http();
        var token = await new OAuthClient(http, server, TimeProvider.System).RefreshAsync(secret, cancellationToken);
        if (token.AccessToken is not { Length: <= SessionToken.MostChars } access || !SessionToken.IsMeant(access) || !access.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            throw new CommandException("The session has ended. Run: paddock login");
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync(access);
        return CommandLine.Done;
    }

    private static async Task<int> LogoutAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (saved, errors) = (SavedLogin.OfUser(), parsed.InvocationConfiguration.Error);
        var before = saved.Read();
        saved.Remove();
        await errors.WriteLineAsync("This machine is signed out.");
        if (before is var (server, secret) && !await IsEndedAsync(server, secret, cancellationToken))
        {
            throw new CommandException($"The session at {server} could not be ended, and lives on until its end; it stands on your account's page there.");
        }

        return CommandLine.Done;
    }

    private static async Task<bool> IsEndedAsync(Uri server, Secret secret, CancellationToken cancellationToken)
    {
        try
        {
            using var http = Http();
            return await new OAuthClient(http, server, TimeProvider.System).RevokeAsync(secret, cancellationToken);
        }
        catch (CommandException)
        {
            return false;
        }
    }

    private static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 64 << 10 };

    private static string PageOf(DeviceAnswerJson device) =>
        Uri.TryCreate(device.VerificationUriComplete ?? device.VerificationUri, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" ? page.AbsoluteUri : throw new CommandException("The server names no page to open.");

    /// <summary>Over plain http a session could be read on the way, so that is for this machine only.</summary>
    private static Uri? AddressOf(ParseResult parsed)
    {
        if ((parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("PADDOCK_SERVER")) is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new CommandException($"--server: '{text}' is no https address; http is for this machine only.");
    }
}
