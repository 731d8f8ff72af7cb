using System.Collections.Frozen;
using Paddock.Core.Tools;

namespace Paddock.Agents.Cursor;

/// <summary>Cursor's tools by the names its hooks give them, as documented.</summary>
internal static class CursorTools
{
    public static FrozenDictionary<string, ToolShape> All { get; } = new Dictionary<string, ToolShape>(StringComparer.Ordinal)
    {
        ["Shell"] = new(ToolClass.Command) { Command = "command", WorkingDirectory = ["working_directory"], Presentation = ["description", "timeout"] },
        ["Write"] = new(ToolClass.Edit) { Paths = ["path", "file_path"] },
        ["StrReplace"] = new(ToolClass.Edit) { Paths = ["path", "file_path"] },
        ["Edit"] = new(ToolClass.Edit) { Paths = ["path", "file_path"] },
        ["Delete"] = new(ToolClass.Edit) { Paths = ["path", "file_path"] },
        ["Read"] = new(ToolClass.Read) { Paths = ["path", "file_path"] },
        ["Grep"] = new(ToolClass.Read) { Paths = ["path"] },
        ["Glob"] = new(ToolClass.Read) { Paths = ["path", "target_directory"] },
        ["Task"] = new(ToolClass.Subtask) { Presentation = ["description"] },
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
