using System.CommandLine;
using System.Text.Json;
using Paddock.Control;

namespace Paddock.Commands;

/// <summary>The commands of <c>paddock</c>, and its exit codes: 0 done, 1 refused or failed, 2 wrong usage or settings.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>All commands. Made once in a process: options that commands share remember each command they were ever put in, and go through all of them at the next.</summary>
    public static RootCommand Root { get; } = Build();

    /// <param name="output">For results.</param>
    /// <param name="errors">For everything else.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var parsed = Root.Parse(arguments);
        // A server ends by its host's own rules, so that streams can drain; other commands end with the process.
        var configuration = new InvocationConfiguration { Output = output, Error = errors, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }

        if (arguments.Contains(ConnectionOptions.Json.Name))
        {
            var problem = new Problem("paddock:usage", "Wrong usage", 0, string.Join(" ", parsed.Errors.Select(error => error.Message)));
            await errors.WriteLineAsync(JsonSerializer.Serialize(problem, ControlJson.Default.Problem));
        }
        else
        {
            await parsed.InvokeAsync(new() { Output = errors, Error = errors, ProcessTerminationTimeout = null }, cancellationToken);
        }

        return Usage;
    }

    private static RootCommand Build() => new("Paddock, the self-hosted control plane for AI coding agents.")
    {
        ServeCommand.Build(),
        LoginCommand.Build(),
        LoginCommand.BuildToken(),
        LoginCommand.BuildLogout(),
        AgentsCommand.Build(),
        KeyCommand.Build(),
        UserCommand.Build(),
        ReleaseCommand.Build(),
        PolicyCommand.Build(),
        LedgerCommand.Build(),
        DecisionsCommand.Build(),
        BudgetCommand.Build(),
        ClientsCommand.Build(),
        MetricsCommand.Build(),
        TasksCommand.Build(),
        TaskCommand.Build(),
        ModesCommand.Build(),
        ApprovalsCommand.Build(),
        ApprovalsCommand.BuildOverride(),
        ContainCommand.Build(),
        RunbookCommand.Build(),
        DrillCommand.Build(),
        AlertsCommand.Build(),
        IncidentsCommand.Build(),
        AuditCommand.Build(),
        StatusCommand.Build(),
        BackupCommand.Build(),
        RestoreCommand.Build(),
        SimulateCommand.Build(),
        VersionCommand.Build(),
    };
}
