using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Releases;
using Paddock.Core.Snapshot;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Core.Tests.Policies;

/// <summary>Releases made of rules, and calls to judge by them.</summary>
internal static class Rules
{
    public const string Chain = """
        ---
        apiVersion: paddock/v1alpha1
        kind: ApprovalChain
        metadata: {name: leads, owner: test}
        spec: {steps: [{anyOf: {teams: [leads]}}]}

        """;

    /// <param name="rules">The items of <c>rules</c>, each beginning with <c>- id: …</c>.</param>
    public static string Policy(string name, string rules) => $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: Policy
        metadata: {"{"}name: {name}, owner: test{"}"}
        spec:
          rules:
        {string.Join('\n', rules.Split('\n').Select(line => "  " + line))}

        """;

    public static string Binding(string policy, string enforcement = "enforce", string more = "", string? name = null) => $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: PolicyBinding
        metadata: {"{"}name: {name ?? policy + "-" + enforcement}, owner: test{"}"}
        spec: {"{"}policy: {policy}, enforcement: {enforcement}{(more.Length == 0 ? "" : ", " + more)}{"}"}

        """;

    public static string Defaults(string tools) => $"""
        ---
        apiVersion: paddock/v1alpha1
        kind: Release
        metadata: {"{"}name: company, owner: test{"}"}
        spec: {"{"}defaults: {"{"}tools: {tools}{"}"}{"}"}

        """;

    public static LoadOutcome Load(params string[] documents) => ReleaseLoader.Load(documents.Length == 0 ? [] : [new("release.yaml", string.Concat(documents))]);

    public static PolicySet Set(params string[] documents) => Load(documents) switch
    {
        LoadOutcome.Loaded loaded => SnapshotBuilder.Build(loaded.Content).Policies,
        LoadOutcome.Rejected rejected => throw new InvalidOperationException(string.Join('\n', rejected.Faults)),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The faults, each as <c>key: message suggestion</c>.</summary>
    public static IReadOnlyList<string> Faults(params string[] documents) =>
        Load(documents) is LoadOutcome.Rejected rejected ? [.. rejected.Faults.Select(fault => $"{fault.Key}: {fault.Message} {fault.Suggestion}")] : [];

    public static PolicySubject Command(string line, Action<FactValues>? more = null, KeyPins pins = KeyPins.None) =>
        Call(new(ToolClass.Command) { Line = ShellReader.Read(line, ShellDialect.Posix) }, more, pins);

    public static PolicySubject Edit(params string[] paths) => Call(new(ToolClass.Edit) { Paths = paths });

    public static PolicySubject Mcp(string server, string tool, bool? destructive = null) => Call(new(ToolClass.Mcp), facts =>
    {
        facts.Set(Fact.McpServer, server);
        facts.Set(Fact.McpTool, tool);
        if (destructive is { } known)
        {
            facts.Set(Fact.McpDestructive, known);
        }
    });

    public static PolicySubject Call(CallArguments call, Action<FactValues>? more = null, KeyPins pins = KeyPins.None)
    {
        var facts = new FactValues();
        facts.Set(Fact.CallTool, call.Class == ToolClass.Command ? "bash" : "tool");
        more?.Invoke(facts);
        return new(facts, call, pins);
    }

    public static PolicyVerdict Judge(this PolicySet set, PolicySubject subject)
    {
        var verdict = new PolicyVerdict();
        set.Judge(subject, ref verdict);
        return verdict;
    }

    /// <summary>The effect and what decided it: <c>Deny p/r</c>, <c>SoftDeny p/r</c>, <c>Allow</c> by default.</summary>
    public static string Say(this PolicySet set, PolicySubject subject) => set.SayOf(set.Judge(subject).Enforced);

    public static string SayOf(this PolicySet set, RuleOutcome outcome) =>
        $"{(outcome.Soft ? "Soft" : "")}{outcome.Effect}{(outcome.Rule < 0 ? "" : " " + set.Rules[outcome.Rule].Name)}";
}
