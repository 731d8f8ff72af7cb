using System.CommandLine;

namespace Paddock.Commands;

/// <summary>The verbs of <c>paddock</c>. Exit codes: 0 done, 1 refused or failed, 2 usage.</summary>
internal static class CommandLine
{
    public static RootCommand Build() => new("Paddock, the self-hosted control plane for AI coding agents.")
    {
        ServeCommand.Build(),
        KeyCommand.Build(),
        LedgerCommand.Build(),
        VersionCommand.Build(),
    };
}
