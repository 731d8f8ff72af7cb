using Paddock.Gateway.Protocols;

namespace Paddock.Gateway;

/// <summary>A model endpoint: which path speaks which wire, and what is particular there.</summary>
/// <param name="Agent">The agent it is for, when it is an agent's own; null on the common paths.</param>
/// <param name="CostInUsage">Whether <c>usage.cost</c> is spliced into the answer's usage.</param>
/// <param name="CountsTokens">Whether this is <c>count_tokens</c>: free, not streamed, exempt from budgets but not from identity and model policy.</param>
/// <param name="Unserved">What is told to whoever calls it, where it is there to be refused; null = it is served.</param>
internal sealed record Entrance(string Path, WireProtocol Protocol, string? Agent = null, bool CostInUsage = false, bool CountsTokens = false, string? Unserved = null);
