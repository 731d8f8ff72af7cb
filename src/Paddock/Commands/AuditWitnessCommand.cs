using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Audit.Witnesses;
using Paddock.Witnesses;

namespace Paddock.Commands;

/// <summary><c>paddock audit witness</c>: a witness for logs, Paddock's or others'. Belongs on a machine and under an account of somebody else.</summary>
internal static class AuditWitnessCommand
{
    private static readonly Option<string> Listen = new("--listen") { Description = "Where to listen. Default 127.0.0.1:5085.", DefaultValueFactory = static _ => "127.0.0.1:5085" };
    private static readonly Option<string> State = new("--state") { Description = "Directory of its key and of what it has seen. Losing it is losing the memory that makes a witness.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "Name of its key: a host name and more, without scheme and blanks. Stays. Default localhost/witness.", DefaultValueFactory = static _ => "localhost/witness" };
    private static readonly Option<string[]> Logs = new("--log") { Description = "Key of a log that it signs for, as /audit/vkey gives it; again for each. ORIGIN=VKEY is taken too." };
    private static readonly Option<string?> LogFile = new("--logs") { Description = "File with such keys, a line each; read again when it changes." };

    public static Command Build()
    {
        var command = new Command("witness", "Run a witness (c2sp.org/tlog-witness): it signs that it saw a log grow, and nothing changed in it.") { Listen, State, Name, Logs, LogFile };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(Logs) is not { Length: > 0 } && result.GetValue(LogFile) is null)
            {
                result.AddError("A witness needs the keys of the logs it signs for: --log or --logs.");
            }
        });
        command.SetAction(static (parsed, cancellationToken) => CommandRunner.GuardAsync(parsed, () => RunAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!IPEndPoint.TryParse(parsed.GetRequiredValue(Listen), out var listen))
        {
            throw new CommandException("--listen: expected an address and a port, such as 127.0.0.1:5085.");
        }

        if (!VerifierKey.IsName(parsed.GetRequiredValue(Name)))
        {
            throw new CommandException("--name: expected a name without blanks and plus signs.");
        }

        using var loggers = LoggerFactory.Create(static logging => logging.AddSimpleConsole(static text => (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat) = (true, true, "yyyy-MM-dd HH:mm:ss.fff ")));
        using var book = Open(parsed, loggers);
        var stopped = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stopped));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stopped));
        await using var server = await WitnessServer.StartAsync(book, listen, loggers, cancellationToken);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"A witness listens on {server.Url}. For the log's setting audit.witness:\n{server.Url} {book.Key}");
        await stopped.Task.WaitAsync(cancellationToken);
        return CommandLine.Done;
    }

    private static WitnessBook Open(ParseResult parsed, ILoggerFactory loggers)
    {
        try
        {
            var file = parsed.GetValue(LogFile) is { } path ? Path.GetFullPath(path) : null;
            return WitnessBook.Open(
                Path.GetFullPath(parsed.GetRequiredValue(State)), parsed.GetRequiredValue(Name), [.. (parsed.GetValue(Logs) ?? []).Select(KeyOf)], file, TimeProvider.System, loggers.CreateLogger<WitnessBook>());
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CommandException(fault.Message);
        }
    }

    /// <summary>A key names its log itself; whoever writes the origin before it may.</summary>
    private static VerifierKey KeyOf(string text)
    {
        var line = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var split && text.IndexOf('+', StringComparison.Ordinal) > split ? text[(split + 1)..] : text;
        return VerifierKey.Parse(line) is { Algorithm: NoteAlgorithm.Ed25519 } key && (line.Length == text.Length || text.StartsWith(key.Name + "=", StringComparison.Ordinal))
            ? key
            : throw new CommandException($"--log: '{text}' is no key of a log; expected name+hex+base64, as /audit/vkey gives it.");
    }

    private static void Stop(PosixSignalContext context, TaskCompletionSource stopped)
    {
        context.Cancel = true;
        stopped.TrySetResult();
    }
}
