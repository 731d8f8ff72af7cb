using System.CommandLine;

namespace Paddock.Commands;

/// <summary>Options shared by the commands that speak to a server.</summary>
internal static class ConnectionOptions
{
    public static readonly Option<string?> Data = new("--data") { Description = "Data directory. Default: PADDOCK_DATA, else ~/.paddock." };
    public static readonly Option<string?> Server = new("--server") { Description = "A server elsewhere; its key comes from PADDOCK_KEY or --key-file." };
    public static readonly Option<string?> KeyFile = new("--key-file") { Description = "File holding the key for --server." };
    public static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    public static Command WithConnection(this Command command)
    {
        command.Add(Data);
        command.Add(Server);
        command.Add(KeyFile);
        command.Add(Json);
        return command;
    }
}
