using Paddock.Core.Releases;
using Paddock.Core.Runbooks;

namespace Paddock.Drills;

/// <summary>What is in force in a twin: two providers behind one route, rules that refuse and rules that only watch, and the runbook that is rehearsed.</summary>
internal static class TwinRelease
{
    public const string Route = "best", First = "primary", Second = "secondary", Chain = "reviewers", Enforced = "guard", Watched = "careful";

    /// <summary>What a tool call must touch to be refused by <see cref="Enforced"/>, and by <see cref="Watched"/> once that is enforced.</summary>
    public const string Forbidden = "secrets/token.txt", Watchful = "generated/client.ts", Harmless = "src/main.ts";

    /// <summary>With <c>{…}</c> for what differs from twin to twin; the names are those above.</summary>
    private const string Documents =
        """
        # {note}
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: primary, owner: drill}
        spec: {wires: [openai-chat], baseUrl: "{first}", credentials: [{file: "{credential}"}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Provider
        metadata: {name: secondary, owner: drill}
        spec: {wires: [openai-chat], baseUrl: "{second}", auth: {scheme: none}}
        ---
        apiVersion: paddock/v1alpha1
        kind: ModelRoute
        metadata: {name: best, owner: drill}
        spec: {targets: [{provider: primary, model: m}, {provider: secondary, model: m}], triesPerTarget: 1, maxTries: 2}
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: reviewers, owner: drill}
        spec: {steps: [{anyOf: {teams: [reviewers]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: guard, owner: drill}
        spec:
          rules:
          - {id: secrets, match: {classes: [edit], paths: {any: ["**/secrets/**"]}}, effect: deny, because: Secrets are not written by agents, tests: [{match: {call.class: edit, call.paths: [secrets/a]}}, {notMatch: {call.class: edit, call.paths: [a]}}]}
          - {id: held, match: {classes: [edit], paths: {any: ["**/held/**"]}}, effect: require_approval, approval: {chain: reviewers}, because: Somebody looks first, tests: [{match: {call.class: edit, call.paths: [held/a]}}, {notMatch: {call.class: edit, call.paths: [a]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: guard, owner: drill}
        spec: {policy: guard, enforcement: enforce}
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {name: careful, owner: drill}
        spec:
          rules:
          - {id: generated, match: {classes: [edit], paths: {any: ["**/generated/**"]}}, effect: deny, because: Generated files are generated, tests: [{match: {call.class: edit, call.paths: [generated/a]}}, {notMatch: {call.class: edit, call.paths: [a]}}]}
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {name: careful, owner: drill}
        spec: {policy: careful, enforcement: shadow}
        """;

    /// <summary>A file that is written with somebody's yes only; each is another request.</summary>
    public static string Held(int number) => $"held/{number}.txt";

    /// <summary>What a runbook's parameters are in a twin, when no alert says it.</summary>
    public static IReadOnlyDictionary<string, string> Parameters(string credential) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["route"] = Route,
        ["to"] = Second,
        ["provider"] = First,
        ["policy"] = Watched,
        ["chain"] = Chain,
        ["credential"] = credential,
        ["agent"] = Twin.Agent,
        ["tool"] = Twin.WildTool,
        ["person"] = Twin.Prober,
    };

    /// <param name="first">Address of the first provider.</param>
    /// <param name="note">Makes one release another: what changes in it is nothing.</param>
    public static IReadOnlyList<SourceFile> Files(Runbook runbook, Uri first, Uri second, string credentialFile, string note) =>
    [
        new("runbook.yaml", runbook.Source),
        new("twin.yaml", Documents.Replace("{note}", note, StringComparison.Ordinal).Replace("{first}", Address(first), StringComparison.Ordinal).Replace("{second}", Address(second), StringComparison.Ordinal).Replace("{credential}", credentialFile, StringComparison.Ordinal)),
    ];

    private static string Address(Uri uri) => uri.AbsoluteUri.TrimEnd('/') + "/v1";
}
