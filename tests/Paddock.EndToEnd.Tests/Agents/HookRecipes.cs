using System.Text.Json.Nodes;
using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>Gives an agent its hook as <c>docs/recipes/hook-*.md</c> tells people, word by word; only the address is another.</summary>
internal static class HookRecipes
{
    public static AgentRecipe ClaudeCode(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => Merge(home, ".claude/settings.json", Block("claude-code", "json", url)));

    /// <summary>It tells, and asks nothing.</summary>
    public static AgentRecipe TellingClaudeCode(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => Merge(home, ".claude/settings.json", Block("claude-code", "json", url, 2)));

    /// <summary>It tells, and asks nothing.</summary>
    public static AgentRecipe TellingCline(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => Array.ForEach(["PostToolUse", "TaskStart", "TaskComplete", "TaskCancel", "TaskError"], name => WriteProgram(home, $".cline/hooks/{name}.sh", Block("cline", "sh", url, 2))));

    /// <summary>It tells, and asks nothing.</summary>
    public static AgentRecipe TellingCopilot(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => home.WriteHome(".copilot/hooks/paddock-tell.json", Block("copilot", "json", url, 2)));

    public static AgentRecipe Cline(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => WriteProgram(home, ".cline/hooks/PreToolUse.sh", Block("cline", "sh", url)));

    public static AgentRecipe Codex(AgentRecipe agent, AgentHome home, string url, string key) => Codex(agent, home, url, key, 1);

    /// <summary>It tells, and asks nothing.</summary>
    public static AgentRecipe TellingCodex(AgentRecipe agent, AgentHome home, string url, string key) => Codex(agent, home, url, key, 2);

    /// <summary>A hook of the user's own, which Codex runs unasked only when it is told to.</summary>
    private static AgentRecipe Codex(AgentRecipe agent, AgentHome home, string url, string key, int block) =>
        Hooked(agent, home, key, () => File.AppendAllText(Path.Combine(home.Home, ".codex/config.toml"), "\n\n" + Block("codex", "toml", url, block))) with
        {
            Arguments = (attachment, to, prompt) => [.. agent.Arguments(attachment, to, prompt).SkipLast(1), "--dangerously-bypass-hook-trust", prompt],
        };

    public static AgentRecipe Copilot(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => home.WriteHome(".copilot/hooks/paddock.json", Block("copilot", "json", url)));

    public static AgentRecipe GeminiCli(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => Merge(home, ".gemini/settings.json", Block("gemini-cli", "json", url)));

    public static AgentRecipe TellingGeminiCli(AgentRecipe agent, AgentHome home, string url, string key) =>
        Hooked(agent, home, key, () => Merge(home, ".gemini/settings.json", Block("gemini-cli", "json", url, 2)));

    public static AgentRecipe OpenCode(AgentRecipe agent, AgentHome home, string url, string key) => Plugged(agent, home, url, key, []);

    /// <summary>It asks, too: one plugin does both.</summary>
    public static AgentRecipe TellingOpenCode(AgentRecipe agent, AgentHome home, string url, string key) => Plugged(agent, home, url, key, new() { ["PADDOCK_HOOK_TELL"] = "1" });

    /// <summary>As opencode.</summary>
    public static AgentRecipe TellingKilo(AgentRecipe agent, AgentHome home, string url, string key) => Plugged(agent, home, url, key, new() { ["PADDOCK_HOOK_TELL"] = "1", ["PADDOCK_HOOK_AGENT"] = "kilo" });

    private static AgentRecipe Plugged(AgentRecipe agent, AgentHome home, string url, string key, Dictionary<string, string> more)
    {
        var plugin = RepositoryFolder.Of("examples", "hooks", "paddock-opencode.js");
        return Hooked(agent, home, key, () => home.WriteHome($".config/{agent.Agent}/plugin/paddock.js", File.ReadAllText(plugin)), new(more)
        {
            ["PADDOCK_URL"] = url,
            ["PADDOCK_KEY_FILE"] = Path.Combine(home.Home, ".paddock-hook.key"),
        });
    }

    /// <summary>A block of a recipe in a language, for Paddock at an address.</summary>
    /// <param name="number">Which of them: first it says how to ask, then how to tell.</param>
    public static string Block(string agent, string language, string url, int number = 1)
    {
        var recipe = File.ReadAllText(RepositoryFolder.Of("docs", "recipes", $"hook-{agent}.md"));
        var text = recipe.Split($"\n```{language}\n")[number].Split("\n```")[0];
        text.ShouldContain("https://paddock.example");
        return text.Replace("https://paddock.example", url, StringComparison.Ordinal);
    }

    /// <summary>The key and the program are where the recipe has them.</summary>
    private static AgentRecipe Hooked(AgentRecipe agent, AgentHome home, string key, Action write, Dictionary<string, string>? environment = null)
    {
        home.WriteHome(".paddock-hook.key", key);
        Permit(Path.Combine(home.Home, ".paddock-hook.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        WriteProgram(home, "bin/paddock-hook", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "paddock-hook.dll")}' \"$@\"\n");
        return agent with
        {
            Prepare = (to, attachment) =>
            {
                agent.Prepare(to, attachment);
                write();
            },
            Environment = new Dictionary<string, string>([.. agent.Environment, .. environment ?? []]) { ["PATH"] = $"{Path.Combine(home.Home, "bin")}:{Environment.GetEnvironmentVariable("PATH")}" },
        };
    }

    private static void WriteProgram(AgentHome home, string path, string text)
    {
        home.WriteHome(path, text);
        Permit(Path.Combine(home.Home, path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Permit(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    /// <summary>Puts the recipe's settings beside those that are there.</summary>
    private static void Merge(AgentHome home, string path, string recipe)
    {
        var file = Path.Combine(home.Home, path);
        var settings = JsonNode.Parse(File.ReadAllText(file))!.AsObject(); // not the word null
        foreach (var (name, value) in JsonNode.Parse(recipe)!.AsObject()) // nor this
        {
            settings[name] = value?.DeepClone();
        }

        File.WriteAllText(file, settings.ToJsonString());
    }
}
