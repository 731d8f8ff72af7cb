namespace Paddock.EndToEnd.Tests.Browsing;

/// <summary>What is governed in an installation at work, beside its provider.</summary>
internal static class InhabitedRelease
{
    public const string Documents = """
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: git, owner: team-platform}
        spec:
          rules:
          - id: no-force
            match: {commands: [[git, push, --force]]}
            effect: deny
            because: History on main is not rewritten.
            fix: Rebase on a branch, and open a pull request.
            tests: [{match: git push --force}]
          - id: staging
            match: {commands: [[kubectl, --context, staging]]}
            effect: require_approval
            because: Staging is shared.
            approval: {chain: second-pair-of-eyes, ttl: 30m}
            tests: [{match: kubectl --context staging get pods}]
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: git, owner: team-platform}
        spec: {policy: git, enforcement: enforce}
        ---
        apiVersion: paddock/v1alpha1
        kind: Budget
        metadata: {name: monthly, owner: team-platform}
        spec: {scope: team, window: month, limit: {usd: 40}}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: thorough, owner: team-platform}
        spec: {provider: simulated, upstreamModel: gpt-5}
        ---
        apiVersion: paddock/v1alpha1
        kind: Model
        metadata: {name: quick, owner: team-platform}
        spec: {provider: simulated, upstreamModel: gpt-5-mini}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: code, owner: team-platform}
        spec: {name: Code, role: You make the smallest change that does what was asked., groups: [read, edit, command, mcp]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Mode
        metadata: {name: architect, owner: team-platform}
        spec: {name: Architect, role: You plan and change no code., groups: [read], modelClass: thorough}
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: second-pair-of-eyes, owner: team-platform}
        spec: {steps: [{anyOf: {teams: [leads]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: release-safe, owner: team-platform}
        spec:
          for: {teams: [platform, payments]}
          priority: 50
          modes: {preferred: [architect, code], forbidden: [orchestrator]}
          models: {classes: {thorough: [thorough], quick: [quick, thorough]}, default: thorough}
          approvals: {command: {chain: second-pair-of-eyes, ttl: 30m}}
          client: {stale: refuse, refreshWithin: 75m}
        ---
        apiVersion: paddock/v1alpha1
        kind: TeamProfile
        metadata: {name: dev-fast, owner: team-platform}
        spec:
          modes: {preferred: [code, architect]}
          models: {classes: {quick: [quick], thorough: [thorough]}, default: quick}
        """;
}
