using System.CommandLine;

namespace Paddock.Commands;

/// <summary><c>paddock audit …</c></summary>
internal static class AuditCommand
{
    public static Command Build()
    {
        var audit = new Command("audit", "The audit log: what stands in it, whether it holds, and what to do when it cannot be written.");
        foreach (var command in (IEnumerable<Command>)[.. AuditReadCommand.Build(), AuditProveCommand.Build(), AuditVerifyCommand.Build(), .. AuditShardsCommand.Build(), .. AuditCareCommand.Build()])
        {
            audit.Add(command);
        }

        return audit;
    }
}
