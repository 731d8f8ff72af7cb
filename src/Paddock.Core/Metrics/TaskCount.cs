namespace Paddock.Core.Metrics;

/// <summary>What is counted. Of the states only top-level tasks count. Stored as its name in lower camel case.</summary>
public enum TaskCount
{
    /// <summary>Tasks that their agent alone says are done.</summary>
    Claimed,
    AcceptedByUser,
    AcceptedByCi,
    AcceptedByScm,
    Failed,
    Cancelled,
    Abandoned,
    Stuck,
    TimedOut,
    RolledBack,

    /// <summary>Ended tasks that were ever said to be done, or whose work was taken back: there was something to take back.</summary>
    WithWork,
    /// <summary>Of those, the ones whose work was taken back, whatever followed.</summary>
    WorkTakenBack,
    /// <summary>Tasks with a workspace checkpoint restored.</summary>
    Restored,
    RevertedByCommand,
    RevertedByScm,
    /// <summary>Ended tasks that were ever said to be done: what would have counted as success at that time.</summary>
    EverClaimed,

    /// <summary>Results of tool calls that ran.</summary>
    Results,
    /// <summary>Of those, results of commands.</summary>
    CommandResults,
    /// <summary>The tool says that it failed.</summary>
    ToolFailed,
    /// <summary>The command ran, and ended with another code than 0.</summary>
    CommandNonZero,
    TimedOutResults,
    /// <summary>Calls that never ran because somebody or some rule said no. No error.</summary>
    Denied,
    /// <summary>Calls that needed somebody's yes.</summary>
    Approvals,

    /// <summary>Model calls.</summary>
    Calls,
    /// <summary>Of those, calls for whose tokens no price is known.</summary>
    Unpriced,
    /// <summary>Cost by Paddock's ledger.</summary>
    SpendNanoUsd,
    /// <summary>Cost as agents tell it, of tasks whose model calls Paddock did not see.</summary>
    ReportedNanoUsd,
    InputTokens,
    OutputTokens,

    /// <summary>Whole cost, with subtasks, of ended tasks.</summary>
    EndedNanoUsd,
    /// <summary>Of those that succeeded.</summary>
    SucceededNanoUsd,
}
