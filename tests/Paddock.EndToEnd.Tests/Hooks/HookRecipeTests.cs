using System.Diagnostics;
using System.Text.Json.Nodes;
using Paddock.EndToEnd.Tests.Agents;

namespace Paddock.EndToEnd.Tests.Hooks;

/// <summary>What the recipes have agents start still refuses where <c>paddock-hook</c> is missing, for agents that would go on.</summary>
public sealed class HookRecipeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claude_code_is_blocked_where_the_program_is_missing() =>
        await ShouldBlockAsync((string)JsonNode.Parse(HookRecipes.Block("claude-code", "json", "http://127.0.0.1:9"))!["hooks"]!["PreToolUse"]![0]!["hooks"]![0]!["command"]!); // the recipe has it

    [Fact]
    public async Task Codex_is_blocked_where_the_program_is_missing()
    {
        var line = HookRecipes.Block("codex", "toml", "http://127.0.0.1:9").Split('\n').Single(line => line.StartsWith("command = ", StringComparison.Ordinal));

        await ShouldBlockAsync(line["command = \"".Length..^1]); // nothing in it is escaped
    }

    [Fact]
    public async Task Cline_is_told_to_stop_where_the_program_is_missing()
    {
        var (_, output, _) = await RunAsync(HookRecipes.Block("cline", "sh", "http://127.0.0.1:9"));

        ((bool)JsonNode.Parse(output)!["cancel"]!).ShouldBeTrue(); // it is JSON
    }

    [Fact]
    public async Task What_only_tells_stands_in_nobodys_way_where_the_program_is_missing()
    {
        var claude = JsonNode.Parse(HookRecipes.Block("claude-code", "json", "http://127.0.0.1:9", 2))!["hooks"]!.AsObject().Select(static hook => (string)hook.Value![0]!["hooks"]![0]!["command"]!); // the recipe has them
        var codex = HookRecipes.Block("codex", "toml", "http://127.0.0.1:9", 2).Split('\n').Where(static line => line.StartsWith("command = ", StringComparison.Ordinal)).Select(static line => line["command = \"".Length..^1]);

        foreach (var command in claude.Concat(codex).Append(HookRecipes.Block("cline", "sh", "http://127.0.0.1:9", 2)))
        {
            command.ShouldContain(" --tell ");
            var (code, output, _) = await RunAsync(command);
            (code, output).ShouldBe((0, ""), command);
        }
    }

    private static async Task ShouldBlockAsync(string command)
    {
        var (code, output, errors) = await RunAsync(command);

        (code, output).ShouldBe((2, ""));
        errors.ShouldContain("paddock-hook did not run");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] = "/nowhere";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("sh did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
