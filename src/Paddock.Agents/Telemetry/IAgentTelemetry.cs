namespace Paddock.Agents.Telemetry;

/// <summary>One agent's own telemetry. Pure.</summary>
internal interface IAgentTelemetry
{
    /// <summary>The agent's id, as its dialect has it.</summary>
    string Agent { get; }

    /// <summary>Attributes it looks at.</summary>
    IEnumerable<string> Attributes { get; }

    /// <summary>Whether a record comes from this agent.</summary>
    bool Recognizes(TelemetryRecord record);

    /// <summary>What is kept of a record of this agent; null = nothing.</summary>
    TelemetryEvent? Read(TelemetryRecord record);

    /// <summary>The agent's version, as the program says it.</summary>
    string? VersionIn(TelemetryRecord record) => TelemetryFact.WordIn(record.Text(TelemetryNames.Version));
}

/// <summary>What is kept of one record.</summary>
/// <param name="Type">In the agent's words.</param>
/// <param name="NativeTask">The agent's own session id, the same that its model calls carry where they carry one.</param>
/// <param name="Facts">A JSON object.</param>
internal sealed record TelemetryEvent(string Type, string? NativeTask, string Facts);

/// <summary>Attributes that OpenTelemetry's conventions name, and more than one agent sends.</summary>
internal static class TelemetryNames
{
    public const string Service = "service.name", Version = "service.version", Event = "event.name";
}
