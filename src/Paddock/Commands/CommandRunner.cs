using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Paddock.Control;
using Paddock.Settings;
using Paddock.Store.Backups;
using Paddock.Store.Coordination;
using Paddock.Store.Migrations;

namespace Paddock.Commands;

/// <summary>Runs a command and prints its result, as JSON or for people. Errors go to standard error, as JSON too when asked.</summary>
internal static class CommandRunner
{
    /// <summary>A command that asks the control API for something.</summary>
    /// <param name="creates">Whether it makes sense on a data directory that is not there yet.</param>
    public static Command Asks<T>(
        this Command command, JsonTypeInfo<T> type, Func<ParseResult, ControlConnection, CancellationToken, Task<T>> ask, Action<T, Printer> print, bool creates = false)
    {
        command.WithConnection().SetAction((parsed, cancellationToken) => GuardAsync(parsed, async () =>
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, creates, cancellationToken);
            var result = await ask(parsed, connection, cancellationToken);
            Print(parsed, result, type, print);
            return CommandLine.Done;
        }));
        return command;
    }

    public static void Print<T>(ParseResult parsed, T result, JsonTypeInfo<T> type, Action<T, Printer> print)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(ConnectionOptions.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(result, type));
        }
        else
        {
            print(result, new(output, parsed.InvocationConfiguration.Error));
        }
    }

    /// <summary>Runs something that can be refused or fail, and turns that into a message and an exit code.</summary>
    public static async Task<int> GuardAsync(ParseResult parsed, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (CommandException refused)
        {
            return await TellAsync(parsed, refused, CommandLine.Failed);
        }
        catch (SettingsException fault)
        {
            return await TellAsync(parsed, new(new Problem("paddock:settings", "Wrong settings", 0, fault.Message)), CommandLine.Usage);
        }
        catch (OperationCanceledException)
        {
            return await TellAsync(parsed, new("It was interrupted."), CommandLine.Failed);
        }
        catch (Exception exception) when (exception is DataDirectoryInUseException or SchemaException or BackupException or DbException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return await TellAsync(parsed, new(exception.Message), CommandLine.Failed);
        }
        catch (Exception exception)
        {
            // A bug, or a machine broken in a way nobody thought of. A trace helps the one who mends it, and nobody else.
            var text = Environment.GetEnvironmentVariable(KnownSettings.LogLevel.Variable) is "debug" or "trace" ? exception.ToString() : exception.Message;
            return await TellAsync(parsed, new($"This went wrong and should not: {exception.GetType().Name}: {text} ({KnownSettings.LogLevel.Variable}=debug tells more.)"), CommandLine.Failed);
        }
    }

    private static async Task<int> TellAsync(ParseResult parsed, CommandException fault, int code)
    {
        var json = parsed.GetResult(ConnectionOptions.Json) is { Implicit: false } && parsed.GetValue(ConnectionOptions.Json);
        await parsed.InvocationConfiguration.Error.WriteLineAsync(json ? JsonSerializer.Serialize(fault.Problem, ControlJson.Default.Problem) : $"paddock: {Visible.Lines(fault.Text)}");
        return code;
    }
}
