using System.CommandLine;
using Paddock.Core.Models;
using Paddock.Hosting;

namespace Paddock.Commands;

/// <summary><c>paddock version</c>.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var command = new Command("version", "Print the version.") { ConnectionOptions.Json };
        command.SetAction(static parsed => CommandRunner.Print(
            parsed,
            new(PaddockVersion.Text, System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, PriceBook.Embedded.Version),
            CommandJson.Default.VersionResult,
            static (version, printer) => printer.Line(version.Version)));
        return command;
    }
}
