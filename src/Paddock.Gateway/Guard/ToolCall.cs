using Paddock.Core.Tools;

namespace Paddock.Gateway.Guard;

/// <summary>A tool call that is whole, as it is judged.</summary>
/// <param name="Id">The provider's id of the call; null when it has none.</param>
/// <param name="Name">The tool, as the agent offered it.</param>
/// <param name="Arguments">UTF-8: one JSON object without doubles, or free text; nothing counts as an empty object.</param>
/// <param name="IsFree">The arguments are free text.</param>
internal sealed record ToolCall(string? Id, string Name, ToolShape Shape, ReadOnlyMemory<byte> Arguments, bool IsFree);
