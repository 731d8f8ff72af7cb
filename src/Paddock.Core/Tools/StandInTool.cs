namespace Paddock.Core.Tools;

/// <summary>A tool of an agent's own by which a refusal is told in the place of a call that no arguments make harmless.</summary>
/// <param name="Name">As the agent offers it.</param>
/// <param name="Shape">Of a tool that runs commands: its harmless call prints the refusal.</param>
/// <param name="TextMember">Otherwise: the argument that takes the text; the only one sent.</param>
public sealed record StandInTool(string Name, ToolShape? Shape, string? TextMember = null);
