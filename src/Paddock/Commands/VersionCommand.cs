using System.CommandLine;
using Paddock.Hosting;

namespace Paddock.Commands;

/// <summary><c>paddock version</c>.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => Console.Out.WriteLine(PaddockVersion.Text));
        return command;
    }
}
