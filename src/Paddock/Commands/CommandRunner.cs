using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Paddock.Control;
using Paddock.Settings;
using Paddock.Store.Coordination;

namespace Paddock.Commands;

/// <summary>Runs a command against the control API and prints its result, as JSON or for people. Errors go to standard error, as JSON too when asked.</summary>
internal static class CommandRunner
{
    public static void Runs<T>(this Command command, JsonTypeInfo<T> type, Func<ParseResult, ControlConnection, CancellationToken, Task<T>> ask, Action<T, TextWriter> print)
    {
        command.WithConnection();
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, type, ask, print, cancellationToken));
    }

    private static async Task<int> RunAsync<T>(
        ParseResult parsed, JsonTypeInfo<T> type, Func<ParseResult, ControlConnection, CancellationToken, Task<T>> ask, Action<T, TextWriter> print, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(ConnectionOptions.Json);
        try
        {
            await using var connection = await ControlConnection.OpenAsync(parsed, cancellationToken);
            var result = await ask(parsed, connection, cancellationToken);
            if (json)
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result, type));
            }
            else
            {
                print(result, Console.Out);
            }

            return 0;
        }
        catch (CommandException refused)
        {
            await Console.Error.WriteLineAsync(json ? JsonSerializer.Serialize(refused.Problem, ControlJson.Default.Problem) : $"paddock: {refused.Message}");
            return 1;
        }
        catch (Exception exception) when (exception is SettingsException or DataDirectoryInUseException or IOException)
        {
            await Console.Error.WriteLineAsync(json ? JsonSerializer.Serialize(new("paddock:local", "Cannot run", 0, exception.Message), ControlJson.Default.Problem) : $"paddock: {exception.Message}");
            return 1;
        }
    }
}
