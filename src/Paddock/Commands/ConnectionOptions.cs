using System.CommandLine;
using Paddock.Settings;

namespace Paddock.Commands;

/// <summary>Options shared by the commands that speak to a server.</summary>
internal static class ConnectionOptions
{
    public static readonly Option<string?> Data = new("--data") { Description = "Data directory of a server on this machine. Default: PADDOCK_DATA, else ~/.paddock." };
    public static readonly Option<string?> Server = new("--server") { Description = "Address of a server elsewhere, or PADDOCK_SERVER; its key comes from PADDOCK_KEY or --key-file." };
    public static readonly Option<string?> KeyFile = new("--key-file") { Description = "File holding the key to come with, instead of PADDOCK_KEY or the data directory's admin key." };
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON; errors too." };

    public static Command WithConnection(this Command command)
    {
        command.Add(Data);
        command.Add(Server);
        command.Add(KeyFile);
        command.Add(Json);
        return command;
    }

    /// <summary>The settings a command was given by flags.</summary>
    public static IReadOnlyList<SettingValue> Flags(ParseResult parsed) =>
        parsed.GetValue(Data) is { } data ? [new(KnownSettings.Data, [data], "--data")] : [];

    public static IReadOnlyDictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
