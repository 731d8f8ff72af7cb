using Paddock.Testing;

namespace Paddock.EndToEnd.Tests.Agents;

/// <summary>The agents that npm brings, by the versions in <c>package.json</c>.</summary>
internal static class AgentRecipes
{
    public static readonly AgentRecipe OpenCode = new()
    {
        Agent = "opencode",
        Version = "1.18.33",
        Session = "ses_",
        Program = "opencode",
        Prepare = static (home, to) => home.WriteWork("opencode.json", OpenCodeSettings("https://opencode.ai/config.json", to)),
        Arguments = static (to, _, prompt) => ["run", "--format", "json", "-m", $"paddock/{to.Model}", prompt],
        Environment = new Dictionary<string, string> { ["OPENCODE_DISABLE_AUTOUPDATE"] = "1", ["OPENCODE_DISABLE_MODELS_FETCH"] = "1", ["OPENCODE_DISABLE_LSP_DOWNLOAD"] = "1" },
    };

    public static readonly AgentRecipe Kilo = new()
    {
        Agent = "kilo",
        Version = "7.7.7",
        Session = "ses_",
        Program = "kilo",
        // A project's kilo.json may not read the environment, so the settings go to the home folder.
        Prepare = static (home, to) => home.WriteHome(".config/kilo/kilo.json", OpenCodeSettings("https://app.kilo.ai/config.json", to)),
        Arguments = static (to, _, prompt) => ["run", "--auto", "--format", "json", "-m", $"paddock/{to.Model}", prompt],
        Environment = new Dictionary<string, string> { ["KILO_DISABLE_AUTOUPDATE"] = "1", ["KILO_DISABLE_MODELS_FETCH"] = "1", ["KILO_TELEMETRY_LEVEL"] = "off" },
    };

    public static readonly AgentRecipe Codex = new()
    {
        Agent = "codex",
        Version = "0.169.0",
        Session = "",
        Program = "codex",
        Prepare = static (home, to) => home.WriteHome(".codex/config.toml", $"""
            model = "{to.Model}"
            model_provider = "paddock"
            check_for_update_on_startup = false

            [model_providers.paddock]
            name = "Paddock"
            base_url = "{to.Url}/v1"
            env_key = "PADDOCK_API_KEY"
            wire_api = "responses"

            [analytics]
            enabled = false
            """),
        Arguments = static (_, _, prompt) => ["exec", "--json", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", prompt],
    };

    public static readonly AgentRecipe Cline = new()
    {
        Agent = "cline",
        Version = null,
        Session = "first:",
        KeyOptions = ["--agent", "cline"],
        Program = "cline",
        SignIn = static to => ["auth", "-p", "openai-compatible", "-k", to.Key, "-m", to.Model, "-b", to.Url + "/v1"],
        Arguments = static (to, home, prompt) => ["--json", "-P", "openai-compatible", "-m", to.Model, "-k", to.Key, "-c", home.Work, "--auto-approve", "true", prompt],
        Environment = new Dictionary<string, string> { ["CLINE_NO_AUTO_UPDATE"] = "1", ["CLINE_TELEMETRY_DISABLED"] = "1" },
    };

    public static readonly AgentRecipe ClaudeCode = new()
    {
        Agent = "claude-code",
        Version = "2.1.197",
        Provider = "anthropic",
        Session = "",
        Program = "claude",
        Prepare = static (home, to) => home.WriteHome(".claude/settings.json", $$"""
            { "env": { "ANTHROPIC_BASE_URL": "{{to.Url}}", "ANTHROPIC_AUTH_TOKEN": "{{to.Key}}", "ANTHROPIC_MODEL": "{{to.Model}}", "ANTHROPIC_SMALL_FAST_MODEL": "{{to.Model}}" } }
            """),
        Arguments = static (_, _, prompt) => ["-p", prompt, "--allowedTools", "Bash", "--output-format", "json"],
        Environment = new Dictionary<string, string> { ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1" },
    };

    public static readonly AgentRecipe Copilot = new()
    {
        Agent = "copilot",
        Version = null,
        Session = "first:",
        Program = "copilot",
        Arguments = static (_, _, prompt) => ["-p", prompt, "--allow-all-tools"],
        Environment = new Dictionary<string, string> { ["COPILOT_OFFLINE"] = "true", ["COPILOT_PKG_CACHE_HOME"] = RepositoryFolder.Of("artifacts", "agents", "copilot") }, // unpacks itself once, not in each home
        Attached = static to => new Dictionary<string, string>
        {
            ["COPILOT_PROVIDER_TYPE"] = "openai",
            ["COPILOT_PROVIDER_BASE_URL"] = to.Url + "/v1",
            ["COPILOT_PROVIDER_API_KEY"] = to.Key,
            ["COPILOT_MODEL"] = to.Model,
        },
    };

    /// <summary>Speaks Gemini's wire only, for which Paddock has no entrance.</summary>
    public static readonly AgentRecipe GeminiCli = new()
    {
        Agent = "gemini-cli",
        Version = null,
        Session = "",
        Program = "gemini",
        Prepare = static (home, _) => home.WriteHome(".gemini/settings.json", """{ "security": { "auth": { "selectedType": "gemini-api-key" } } }"""),
        Arguments = static (to, _, prompt) => ["-p", prompt, "--yolo", "-m", to.Model],
        Environment = new Dictionary<string, string> { ["GEMINI_CLI_TRUST_WORKSPACE"] = "true", ["GEMINI_CLI_NO_RELAUNCH"] = "true", ["GEMINI_TELEMETRY_ENABLED"] = "false" },
        Attached = static to => new Dictionary<string, string> { ["GOOGLE_GEMINI_BASE_URL"] = to.Url, ["GEMINI_API_KEY"] = to.Key },
    };

    private static string OpenCodeSettings(string schema, Attachment to) => $$$"""
        {
          "$schema": "{{{schema}}}",
          "provider": {
            "paddock": {
              "npm": "@ai-sdk/openai-compatible",
              "name": "Paddock",
              "options": { "baseURL": "{{{to.Url}}}/v1", "apiKey": "{env:PADDOCK_API_KEY}" },
              "models": { "{{{to.Model}}}": { "name": "{{{to.Model}}}", "limit": { "context": 128000, "output": 8000 } } }
            }
          },
          "model": "paddock/{{{to.Model}}}",
          "small_model": "paddock/{{{to.Model}}}",
          "share": "disabled",
          "autoupdate": false,
          "permission": { "bash": "allow", "edit": "allow" }
        }
        """;
}
