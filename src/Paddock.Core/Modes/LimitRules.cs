using System.Collections.Immutable;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Expressions;
using Paddock.Core.Tools;

namespace Paddock.Core.Modes;

/// <summary>A mode's groups, files and tools as rules that refuse.</summary>
internal static class LimitRules
{
    /// <summary>Control characters, streams of a Windows file and what Windows cuts off at the end: there the file's name is not what a pattern sees.</summary>
    private const string Disguised = "[\\x00-\\x1f]|:[^/]|[. ]$";

    public static IEnumerable<PolicyRule> Of(Mode mode, ModeMeeting meeting)
    {
        foreach (var tool in Enum.GetValues<ToolClass>().Where(tool => ModeGroups.Of(tool) is { } group && !mode.Groups.Contains(group)))
        {
            yield return Without(mode, meeting, tool);
        }

        if (mode is { Edits: { } edits } && mode.Groups.Contains(ModeGroup.Edit))
        {
            var strange = $"p, !p.matches({ModeMeeting.Text(edits.FileRegex)}) || p.matches({ModeMeeting.Text(Disguised)})";
            yield return OfFiles(mode, meeting, edits, "files", ToolClass.Edit, $"size(call.paths) == 0 || call.paths.exists({strange})");
            if (mode.Groups.Contains(ModeGroup.Command))
            {
                yield return OfFiles(mode, meeting, edits, "written-files", ToolClass.Command, $"call.writesTo.exists({strange})");
            }
        }

        if (!mode.DeniedTools.IsEmpty)
        {
            yield return Rule("tools", new() { Modes = meeting.Slugs, Tools = mode.DeniedTools }, meeting.And(null), $"The mode '{mode.Title}' is not given this tool", "Go on without it, or ask for a mode that has it");
        }
    }

    private static PolicyRule Without(Mode mode, ModeMeeting meeting, ToolClass tool)
    {
        ImmutableArray<string> besides = tool is ToolClass.Read ? [.. ModeGroups.AlwaysAllowed, .. mode.AllowedTools] : mode.AllowedTools;
        var condition = besides.IsEmpty ? null : $"!(call.tool in {ModeMeeting.List(besides)})";
        var name = ToolClassNames.Of(tool);
        var group = ModeGroups.NameOf(ModeGroups.Of(tool) ?? default); // asked of classes that have one
        return Rule(name, new() { Modes = meeting.Slugs, Classes = [tool] }, meeting.And(condition), $"The mode '{mode.Title}' does not have the group {group}{(name == group ? "" : $", which {name} tools count as")}", "Do what this mode is for, or ask for a mode that may do this");
    }

    private static PolicyRule OfFiles(Mode mode, ModeMeeting meeting, ModeEdits edits, string id, ToolClass tool, string condition) => Rule(
        id, new() { Modes = meeting.Slugs, Classes = [tool] }, meeting.And(condition),
        $"The mode '{mode.Title}' changes only files that match {edits.FileRegex}{(edits.Description is null ? "" : $" ({edits.Description})")}", "Leave this file, or ask for a mode that may change it");

    /// <summary>Tools that are refused whatever is called with them are not shown to the model either.</summary>
    public static PolicyRule Rule(string id, RuleMatch match, string? condition, string because, string fix, RuleApproval? approval = null) => new()
    {
        Id = id,
        Match = match,
        When = condition,
        Condition = condition is null ? null : Compiled(condition),
        Effect = approval is null ? Effect.Deny : Effect.RequireApproval,
        Approval = approval,
        Because = because,
        Fix = fix,
        HideTool = approval is null && condition is null,
    };

    private static Expression Compiled(string condition) => ExpressionCompiler.Compile(condition) switch
    {
        ExpressionOutcome.Compiled compiled => compiled.Expression,
        var outcome => throw new InvalidOperationException($"{condition}: {string.Join("; ", ((ExpressionOutcome.Rejected)outcome).Faults.Select(static fault => fault.Message))}"),
    };
}
