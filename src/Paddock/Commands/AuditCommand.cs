using System.CommandLine;

namespace Paddock.Commands;

/// <summary><c>paddock audit …</c></summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        var audit = new Command("audit", "The audit log: what stands in it, whether it holds, what to do when it cannot be written; and content that is kept beside it.");
        foreach (var command in (IEnumerable<Command>)
            [
                .. AuditReadCommand.Build(), AuditProveCommand.Build(), AuditVerifyCommand.Build(), AuditWitnessCommand.Build(), AuditExportCommand.Build(), .. AuditShardsCommand.Build(), .. AuditCareCommand.Build(),
                AuditContentCommand.Build(), .. AuditEraseCommand.Build(), AuditHoldCommand.Build(),
            ])
        {
            audit.Add(command);
        }

        return audit;
    }
}
