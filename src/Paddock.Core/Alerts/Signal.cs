namespace Paddock.Core.Alerts;

/// <summary>What is counted for alerts. Stored as its number.</summary>
public enum Signal
{
    /// <summary>Tries at a provider, by its name. Bad: it did not answer well, and that is its fault: an error of its own, a refused connection, a time-out, a limit.</summary>
    ProviderTries = 1,

    /// <summary>The same tries. Bad: it refused the credential (401, 403). A provider has one credential.</summary>
    ProviderCredentials = 2,

    /// <summary>Calls by the model or route they asked for. Bad: no provider gave the answer.</summary>
    RouteCalls = 3,

    /// <summary>Commands that ended, by agent. Bad: they were stopped because they took too long.</summary>
    Commands = 4,

    /// <summary>Tool calls that change something and were let go, by agent and tool, such as <c>claude-code/Edit</c>.</summary>
    Mutations = 5,

    /// <summary>What model calls cost. The subject is empty.</summary>
    Spend = 6,

    /// <summary>The same tool calls as <see cref="Mutations"/>, by agent, tool and class, such as <c>codex/shell/command</c>.</summary>
    MutationClasses = 7,
}

/// <summary>What happened between two moments.</summary>
/// <param name="Amount">Nano-USD; 0 of what costs nothing.</param>
public readonly record struct SignalCount(long Bad, long Total, long Amount = 0)
{
    public static SignalCount operator +(SignalCount one, SignalCount other) => new(one.Bad + other.Bad, one.Total + other.Total, one.Amount + other.Amount);
}

/// <summary>What happened to one subject.</summary>
public readonly record struct SignalSum(string Subject, SignalCount Count);

/// <summary>What happened to one subject in a stretch of time.</summary>
public readonly record struct SignalPoint(string Subject, DateTimeOffset Begin, SignalCount Count);
