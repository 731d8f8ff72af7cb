namespace Paddock.Simulator;

/// <summary>How a simulated provider runs.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Loopback port; 0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the truth ledger keeps request headers and bodies.</summary>
    public bool KeepBodies { get; init; }

    /// <summary>What the model has an agent's shell run.</summary>
    public string Command { get; init; } = ShellCall.Command;

    /// <summary>What it has the shell run after that, one after the other.</summary>
    public IReadOnlyList<string> Then { get; init; } = [];

    /// <summary>Clock of all waits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
