using System.Collections.Immutable;
using System.Text.Json;
using Paddock.Agents.Telemetry;
using Paddock.Core.Tasks;
using Paddock.Core.Tools;

namespace Paddock.Agents.Hooks;

/// <summary>One kind of event that an agent's hooks tell: what is kept of it, and what it says of the task.</summary>
/// <param name="Name">In the agent's own words.</param>
/// <param name="Kind">What it says, unless <paramref name="Says"/> knows better.</param>
/// <param name="Facts">Made of members; one within another has their names with a dot between.</param>
/// <param name="Says">What it says with these facts.</param>
/// <param name="Result">Of a tool's end: what came of it, as far as a flag, a word of a closed set or an exit code tells.</param>
internal sealed record HookType(string Name, TaskSignalKind Kind, ImmutableArray<TelemetryFact> Facts, Func<EventFacts, TaskSignalKind>? Says = null, Func<JsonElement, ToolResult>? Result = null);
