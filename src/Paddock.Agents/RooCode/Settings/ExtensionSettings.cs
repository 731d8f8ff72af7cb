namespace Paddock.Agents.RooCode.Settings;

/// <summary>
/// What <c>GET /roo/api/extension-settings</c> says. One member that is not of the client's schema, or is missing, and the client drops all of
/// it and allows everything.
/// </summary>
internal sealed record ExtensionSettings(OrganizationSettings Organization, UserSettings User);

/// <summary>What an organization says to one of its people.</summary>
/// <param name="Version">The client takes settings only when it differs from the one it has.</param>
/// <param name="DefaultSettings">Read by clients and never applied (3.52.1), so it is empty.</param>
/// <param name="ProviderProfiles">By name, the one to begin with first. Without the member a client would keep those it has.</param>
internal sealed record OrganizationSettings(
    long Version,
    NoSettings DefaultSettings,
    AllowList AllowList,
    CloudSettings CloudSettings,
    NoSettings Features,
    IReadOnlyList<string> HiddenMcps,
    bool HideMarketplaceMcps,
    IReadOnlyList<McpItem> Mcps,
    IReadOnlyDictionary<string, ProviderProfile> ProviderProfiles);

/// <summary>An object that must be there and says nothing.</summary>
internal sealed record NoSettings;

/// <summary>Which providers a client may use. It compares models of some providers only, of <c>roo</c> none: that one is allowed as a whole or not.</summary>
internal sealed record AllowList(bool AllowAll, IReadOnlyDictionary<string, AllowedProvider> Providers);

internal sealed record AllowedProvider(bool AllowAll);

internal sealed record CloudSettings(bool RecordTaskMessages, bool EnableTaskSharing, bool AllowPublicTaskSharing);

/// <summary>An MCP server of the organization's own section of the marketplace.</summary>
/// <param name="Url">An address is required; it is where people read about it.</param>
/// <param name="Content">What goes into <c>mcp.json</c>, as JSON.</param>
internal sealed record McpItem(string Id, string Name, string Description, string Url, string Content);

/// <summary>A configuration that clients add to their own.</summary>
/// <param name="Id">Stable: by it the client finds the one it has.</param>
/// <param name="RooApiKey">Kept by the client in plain text, and shown to the model proxy instead of its session's token.</param>
internal sealed record ProviderProfile(string Id, string ApiProvider, string ApiModelId, string? RooApiKey);

/// <summary>What a person chose, as far as their team profile leaves it to them.</summary>
internal sealed record UserSettings(NoSettings Features, UserChoices Settings, long Version);

internal sealed record UserChoices(bool? TaskSyncEnabled = null, bool? LlmEnhancedFeaturesEnabled = null);

/// <param name="Version">The one that the client last saw; null = whatever it is.</param>
internal sealed record UserSettingsChange(UserChoices Settings, long? Version = null);
