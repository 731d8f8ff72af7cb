using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Tools;
using Paddock.Testing;

namespace Paddock.Agents.Tests;

/// <summary>The table in docs/wires.md of what stands in the place of a refused call is made of the agents' own tables.</summary>
public sealed class RefusalTableTests
{
    private static readonly IAgentDialect[] dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()];

    [Fact]
    public void The_guide_says_of_every_agent_how_its_calls_are_refused()
    {
        var table = string.Concat(dialects.OrderBy(dialect => dialect.Agent, StringComparer.Ordinal).Select(RowOf));

        File.ReadAllText(RepositoryFolder.Of("docs", "wires.md")).ShouldContain(table, customMessage: table);
    }

    /// <summary>A failing exit ends a terminal that several calls share.</summary>
    [Fact]
    public void Only_commands_that_have_a_shell_of_their_own_fail() =>
        dialects.SelectMany(dialect => dialect.Tools.Where(tool => tool.Value.HasOwnShell).Select(tool => $"{dialect.Agent} {tool.Key}")).Order().ShouldBe(
            ["cline run_commands", "codex exec_command", "codex shell_command", "kilo bash", "opencode bash"]);

    private static string RowOf(IAgentDialect dialect)
    {
        var prints = dialect.Tools.Where(tool => tool.Value.Refusal is RefusalStyle.Echo).Select(tool => Quoted(tool.Key) + (tool.Value is { HasOwnShell: true, CommandForm: CommandForm.Line } ? " ¹" : ""));
        var leaves = dialect.Tools.Where(tool => tool.Value.Refusal is RefusalStyle.Text).Select(tool => Quoted(tool.Key));
        var misfits = dialect.Tools.Any(tool => tool.Value.Refusal is RefusalStyle.Misfit) ? "all others it has" : "";
        return $"| {dialect.Agent} | {Listed(prints)} | {misfits} | {Listed(leaves)} |\n";
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Quoted(string name) => $"`{name}`";
}
