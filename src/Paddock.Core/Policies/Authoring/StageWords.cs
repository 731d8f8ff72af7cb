using System.Collections.Immutable;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Policies.Matching;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Policies.Authoring;

/// <summary>What a rule asks for at the stage where it stopped, and what the call has there.</summary>
internal static class StageWords
{
    public static (string? Wants, string? Has) Of(RuleEntry entry, MatchStage stage, PolicySubject subject)
    {
        var match = entry.Rule.Source.Match;
        return stage switch
        {
            MatchStage.Classes => (Classes(match), ToolClassNames.Of(subject.Class)),
            MatchStage.Tools => (Any(match.Tools), Fact(subject, Facts.Fact.CallTool)),
            MatchStage.Mcp => (Mcp(match.Mcp), $"{Fact(subject, Facts.Fact.McpServer)}, {Fact(subject, Facts.Fact.McpTool)}"),
            MatchStage.Agents => (Any(match.Agents), Fact(subject, Facts.Fact.AgentId)),
            MatchStage.Modes => (Any(match.Modes), Fact(subject, Facts.Fact.TaskMode)),
            MatchStage.Models => (Any(match.Models), Fact(subject, Facts.Fact.ModelName)),
            MatchStage.Providers => (Any(match.Providers), Fact(subject, Facts.Fact.ModelProvider)),
            MatchStage.Principals => (Any(match.Principals), Fact(subject, Facts.Fact.UserId)),
            MatchStage.Teams => (Any(match.Teams), Fact(subject, Facts.Fact.UserTeams)),
            MatchStage.Repositories => (Any(match.Repositories), Fact(subject, Facts.Fact.TaskRepository)),
            MatchStage.Scope => Scope(entry.Binding.Scope, subject),
            MatchStage.Pins => ($"a key that pins {Pins(entry.Asserted & ~subject.Pins)}", "only the agent's own word"),
            MatchStage.Commands => (string.Join(" or ", match.Commands.Select(Command)), subject.Line is { Commands.Count: > 0 } line ? string.Join("; ", line.Commands.Select(command => string.Join(' ', command.Argv))) : "no command that can be told"),
            MatchStage.Paths => (Any(match.Paths) + (match.NotPaths.IsEmpty ? "" : $" but not {Any(match.NotPaths)}"), subject.Paths.IsEmpty ? "no path" : string.Join(", ", subject.Paths.Select(path => path.Text))),
            MatchStage.Legibility => ("a 'when' that looks at what makes the line more than plain words", Unlooked(subject.Line)),
            _ => (null, null),
        };
    }

    private static string Classes(RuleMatch match) => match switch
    {
        { Commands.IsEmpty: false } => ToolClassNames.Of(ToolClass.Command),
        { Mcp: not null } => ToolClassNames.Of(ToolClass.Mcp),
        _ => string.Join(" or ", match.Classes.Select(ToolClassNames.Of)),
    };

    private static string Mcp(McpMatch? mcp) => string.Join(", ", new[]
    {
        mcp is { Servers.IsEmpty: false } ? "server " + Any(mcp.Servers) : null,
        mcp is { Tools.IsEmpty: false } ? "tool " + Any(mcp.Tools) : null,
        mcp is { ReadOnly: { } readOnly } ? $"readOnly {(readOnly ? "true" : "false")}" : null,
        mcp is { Destructive: { } destructive } ? $"destructive {(destructive ? "true" : "false")}" : null,
    }.OfType<string>());

    private static (string Wants, string Has) Scope(BindingScope scope, PolicySubject subject)
    {
        var parts = new (string Name, IReadOnlyList<string> Wanted, Fact Fact)[]
        {
            ("environment", scope.Environments, Facts.Fact.KeyEnvironment), ("team", scope.Teams, Facts.Fact.UserTeams), ("principal", scope.Principals, Facts.Fact.UserId),
            ("agent", scope.Agents, Facts.Fact.AgentId), ("repository", scope.Repositories, Facts.Fact.TaskRepository),
        };
        var not = new (string Name, IReadOnlyList<string> Wanted, Fact Fact)[] { ("team", scope.NotTeams, Facts.Fact.UserTeams), ("principal", scope.NotPrincipals, Facts.Fact.UserId) };
        var (asked, barred) = (parts.Where(part => part.Wanted.Count > 0).ToList(), not.Where(part => part.Wanted.Count > 0).ToList());
        return (
            string.Join(", ", [.. asked.Select(part => $"{part.Name} {Any(part.Wanted)}"), .. barred.Select(part => $"{part.Name} not {Any(part.Wanted)}")]),
            string.Join(", ", asked.Concat(barred).Select(part => (part.Name, part.Fact)).Distinct().Select(part => $"{part.Name} {Fact(subject, part.Fact)}")));
    }

    private static string Pins(KeyPins pins) => string.Join(" and ", pins.ToString().ToLowerInvariant().Split(", "));

    private static string Command(ImmutableArray<ImmutableArray<string>> words) => string.Join(' ', words.Select(alternatives => string.Join('|', alternatives)));

    private static string Unlooked(ShellLine? line) => line switch
    {
        null => "no line that can be told",
        { Legibility: Legibility.Opaque } => $"an opaque line: {line.OpaqueBecause}",
        _ => string.Join(", ", new[]
        {
            line.WritesTo.Count > 0 ? "call.writesTo" : null,
            line.ReadsFrom.Count > 0 ? "call.paths" : null,
            line.Env.Count > 0 ? "call.env" : null,
            line.HasExpansion ? "call.hasExpansion" : null,
            line.RunsInput ? "call.runsInput" : null,
        }.OfType<string>()),
    };

    private static string Any(IEnumerable<string> wanted) => string.Join(" or ", wanted);

    private static string Fact(PolicySubject subject, Fact fact) => FactText.Of(FactTable.Of(fact), subject.Facts);
}
