namespace Paddock.Core.Approvals;

/// <summary>What is held until somebody approves it. Closed set; written in lower snake case.</summary>
public enum ApprovalKind
{
    /// <summary>A tool call of an agent.</summary>
    ToolCall,
    /// <summary>A policy release, or another change of what is governed.</summary>
    Release,
    /// <summary>Power for an emergency.</summary>
    BreakGlass,
    /// <summary>A role that somebody may have and has not switched on.</summary>
    RoleActivation,
    /// <summary>A step of a runbook.</summary>
    RunbookStep,
}
