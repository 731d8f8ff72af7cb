using static Paddock.Agents.Tests.RooCode.Settings.Shapes;

namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>The schemas by which the extension (3.52.1) reads what its cloud says; an answer that breaks one is dropped whole.</summary>
internal static class RooSchemas
{
    private static readonly string[] tools =
    [
        "execute_command", "read_command_output", "read_file", "write_to_file", "apply_diff", "edit", "search_and_replace", "search_replace", "edit_file", "apply_patch", "list_files", "search_files",
        "codebase_search", "ask_followup_question", "attempt_completion", "switch_mode", "new_task", "update_todo_list", "skill", "run_slash_command", "access_mcp_resource", "generate_image", "use_mcp_tool", "custom_tool",
    ];

    private static readonly string[] providers =
    [
        "openrouter", "vercel-ai-gateway", "litellm", "requesty", "roo", "unbound", "poe", "ollama", "lmstudio", "vscode-lm", "openai", "fake-ai", "anthropic", "bedrock", "baseten", "deepseek", "fireworks", "gemini",
        "gemini-cli", "mistral", "moonshot", "minimax", "openai-codex", "openai-native", "qwen-code", "sambanova", "vertex", "xai", "zai", "cerebras", "chutes", "deepinfra", "doubao", "featherless", "groq", "huggingface", "io-intelligence",
    ];

    private static readonly Shape parameter = Members(("name", Text), ("key", Text), ("placeholder?", Text), ("optional?", Flag));

    public static Shape McpItem { get; } = Members(
        ("id", Text), ("name", Text), ("description", Text), ("author?", Text), ("authorUrl?", Url), ("tags?", List(Text)), ("prerequisites?", List(Text)), ("url", Url),
        ("content", Either(Text, List(Members(("name", Text), ("content", Text), ("parameters?", List(parameter)), ("prerequisites?", List(Text)))))), ("parameters?", List(parameter)));

    public static Shape ModeItem { get; } = Members(
        ("id", Text), ("name", Text), ("description", Text), ("author?", Text), ("authorUrl?", Url), ("tags?", List(Text)), ("prerequisites?", List(Text)), ("content", Text), ("parameters?", List(parameter)));

    public static Shape ModeMarketplace { get; } = Members(("items", List(ModeItem)));

    public static Shape McpMarketplace { get; } = Members(("items", List(McpItem)));

    public static Shape ProviderSettings { get; } = Members(
        ("id?", Text), ("apiProvider?", OneOf(providers)), ("apiModelId?", Text), ("rooApiKey?", Text), ("modelTemperature?", Between(0, 2)), ("rateLimitSeconds?", Number), ("consecutiveMistakeLimit?", Whole(0)),
        ("todoListEnabled?", Flag), ("enableReasoningEffort?", Flag), ("reasoningEffort?", OneOf("disable", "none", "minimal", "low", "medium", "high", "xhigh")), ("modelMaxTokens?", Number), ("modelMaxThinkingTokens?", Number),
        ("verbosity?", OneOf("low", "medium", "high")), ("openAiBaseUrl?", Text), ("openAiModelId?", Text), ("openAiHeaders?", Record(Text)), ("anthropicBaseUrl?", Text), ("openRouterBaseUrl?", Text), ("openRouterModelId?", Text));

    private static readonly Shape defaultSettings = Members(
        ("enableCheckpoints?", Flag), ("maxOpenTabsContext?", Whole(0)), ("maxWorkspaceFiles?", Whole(0)), ("showRooIgnoredFiles?", Flag), ("terminalCommandDelay?", Whole(0)), ("terminalShellIntegrationDisabled?", Flag),
        ("terminalShellIntegrationTimeout?", Whole(0)), ("terminalZshClearEolMark?", Flag), ("disabledTools?", List(OneOf(tools))));

    private static readonly Shape cloudSettings = Members(
        ("recordTaskMessages?", Flag), ("enableTaskSharing?", Flag), ("allowPublicTaskSharing?", Flag), ("allowMembersViewAllTasks?", Flag), ("llmEnhancedFeaturesEnabled?", Flag), ("taskShareExpirationDays?", Whole(1)),
        ("workspaceTaskVisibility?", OneOf("all", "list-only", "admins-and-creator", "creator", "full-lockdown")));

    public static Shape UserSettings { get; } = Members(
        ("version", Number), ("features", Members()), ("settings", Members(("taskSyncEnabled?", Flag), ("llmEnhancedFeaturesEnabled?", Flag))));

    public static Shape ExtensionSettings { get; } = Members(
        ("organization", Members(
            ("version", Number), ("defaultSettings", defaultSettings), ("allowList", Members(("allowAll", Flag), ("providers", Record(Members(("allowAll", Flag), ("models?", List(Text))))))), ("cloudSettings?", cloudSettings),
            ("features?", Members()), ("hiddenMcps?", List(Text)), ("hideMarketplaceMcps?", Flag), ("mcps?", List(McpItem)), ("providerProfiles?", Record(ProviderSettings)))),
        ("user", UserSettings));

    /// <summary>Of every answer that is no 2xx the client reads at most this.</summary>
    public static Shape Error { get; } = Members(("error", Members(("message", Text), ("code", Text))));

    public static Shape Share { get; } = Members(("success", Flag), ("shareUrl?", Text), ("error?", Text), ("isNewShare?", Flag), ("manageUrl?", Text));

    public static Shape Balance { get; } = Members(("balance", Number));

    public static Shape Bridge { get; } = Members(("userId", Text), ("socketBridgeUrl", Url), ("token", Text));

    private static readonly Shape perToken = Like(@"^\d+(\.\d+)?$"); // read with parseFloat, but an exponent is nothing that anybody promised

    /// <summary><c>GET …/v1/models</c>: one bad model and the client drops all.</summary>
    public static Shape Models { get; } = Members(
        ("object", OneOf("list")),
        ("data", List(Members(
            ("id", Like(".")), ("object", OneOf("model")), ("created", Number), ("owned_by", Text), ("name", Text), ("description", Text), ("context_window", Number), ("max_tokens", Number), ("type", OneOf("language")),
            ("tags?", List(OneOf("vision", "reasoning", "reasoning-required", "free", "stealth"))),
            ("pricing", Members(("input", perToken), ("output", perToken), ("input_cache_read?", perToken), ("input_cache_write?", perToken))),
            ("deprecated?", Flag), ("default_temperature?", Number), ("settings?", Record(Anything)), ("versionedSettings?", Record(Record(Anything)))))));

    private static readonly string[] groups = ["read", "edit", "command", "mcp", "modes", "browser"];

    private static readonly Shape group = Either(OneOf(groups), (value, path, faults) =>
    {
        List(Either(OneOf(groups), Members(("fileRegex?", Text), ("description?", Text))))(value, path, faults);
        if (value.ValueKind is System.Text.Json.JsonValueKind.Array && value.GetArrayLength() != 2)
        {
            faults.Add($"{path}: a group and its options");
        }
    });

    public static Shape Mode { get; } = Members(
        ("slug", Like("^[a-zA-Z0-9-]+$")), ("name", Like(".")), ("roleDefinition", Like(".")), ("groups", List(group)), ("whenToUse?", Text), ("description?", Text), ("customInstructions?", Text), ("source?", OneOf("global", "project")));

    public static Shape RooModes { get; } = Members(("customModes", List(Mode)));

    private static readonly Shape remembered = List(Text);

    public static Shape McpFile { get; } = Members(("mcpServers", Record(Either(
        Members(("type?", OneOf("stdio")), ("command", Like(".")), ("args?", List(Text)), ("cwd?", Text), ("env?", Record(Text)), ("disabled?", Flag), ("timeout?", Whole(1)), ("alwaysAllow?", remembered), ("disabledTools?", remembered)),
        Members(("type", OneOf("sse", "streamable-http")), ("url", Url), ("headers?", Record(Text)), ("disabled?", Flag), ("timeout?", Whole(1)), ("alwaysAllow?", remembered), ("disabledTools?", remembered))))));

    public static Shape ImportedSettings { get; } = Members(
        ("providerProfiles", Members(("currentApiConfigName", Text), ("apiConfigs", Record(ProviderSettings)), ("modeApiConfigs?", Record(Text)))),
        ("globalSettings?", Members(("customModes?", List(Mode)), ("disabledTools?", List(OneOf(tools))))));
}
