namespace Paddock.Agents.Tests.RooCode.Settings;

/// <summary>A release with two team profiles: one for developers with everything in it, one for visitors that says as little as it can.</summary>
internal static class TeamDocuments
{
    public const string All = """
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: own, owner: tests}
        spec: {wires: [openai-chat], baseUrl: https://models.example/v1, auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: elsewhere, owner: tests}
        spec: {wires: [anthropic-messages], baseUrl: https://other.example, auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: small, owner: tests}
        spec: {provider: own}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: large, owner: tests}
        spec: {provider: own, allow: {teams: [leads]}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: other-wire, owner: tests}
        spec: {provider: elsewhere}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: architect, owner: tests}
        spec:
          name: Architect
          role: You plan.
          whenToUse: Before a large change.
          instructions: |
            Write plans to docs/plans.

            One file each.
          groups: [read, edit, mcp]
          edits: {fileRegex: '\.md$', description: Markdown files}
          modelClass: deep
          marketplace: true
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: talk, owner: tests}
        spec: {name: "Talk: \"only\"", role: You answer., groups: []}
        ---
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata: {name: developers-daily, owner: tests}
        spec: {scope: user, limit: {usd: 5}, window: day}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: developers, owner: tests}
        spec:
          for: {teams: [developers]}
          modes: {preferred: [architect, talk], forbidden: [orchestrator]}
          models:
            classes:
              deep: [large, other-wire, small]
              quick: [small]
              elsewhere: [other-wire]
            default: quick
          output: Answer in ten lines.
          budgets: [developers-daily]
          mcpServers:
          - name: tickets
            description: Tickets
            type: streamable-http
            url: https://tickets.example/mcp
            headers: {Authorization: '${env:TICKETS}'}
            alwaysAllow: [search]
            timeout: 30
            marketplace: true
          - {name: files, description: Files, command: npx, args: [-y, files], env: {ROOT: '${workspaceFolder}'}}
          client: {recordMessages: true, sharing: organization, hideMarketplaceMcps: true, hiddenMcps: [unwanted]}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: visitors, owner: tests}
        spec: {for: {teams: [visitors]}, output: Be brief.}
        """;

    /// <summary>The same, and developers may share with everybody.</summary>
    public static string SharingInPublic { get; } = All.Replace("sharing: organization", "sharing: public", StringComparison.Ordinal);

    /// <summary>The same, and developers may use models that no class names.</summary>
    public static string OtherModelsToo { get; } = All.Replace("default: quick", "default: quick\n    others: allow", StringComparison.Ordinal);

    /// <summary>The same, and the developers' mode for plans may run no command by its document.</summary>
    public static string Forbidding { get; } = All.Replace("modelClass: deep", "modelClass: deep\n  tools: {deny: [execute_command]}", StringComparison.Ordinal);
}
