using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tools;
using Paddock.Core.Tools.Shell;

namespace Paddock.Store.Tests.Policies;

/// <summary>Decisions for tests.</summary>
internal static class Judged
{
    /// <param name="number">Tells decisions apart; each is a second after the one before.</param>
    public static StoredDecision Call(int number, string line = "git push", Func<StoredDecision, StoredDecision>? change = null)
    {
        var at = StoreUnderTest.Noon.AddSeconds(number);
        var decision = new StoredDecision
        {
            Id = $"dec_{number:D4}",
            At = at,
            Call = new(new Guid(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10])),
            ToolCall = $"call_{number}",
            Digest = $"digest_{number}",
            Principal = "usr_1",
            Key = "key_1",
            Teams = ["a", "b"],
            Agent = "codex",
            Task = "task_1",
            NativeTask = "session-1",
            Mode = "code",
            Repository = "r",
            Tool = "bash",
            Class = ToolClass.Command,
            Mutating = true,
            Effect = Effect.Allow,
            Rule = "git/allowed",
            Enforcement = Enforcement.Enforce,
            ShadowEffect = Effect.Deny,
            ShadowRule = "git/shadow",
            Warning = "git/warned",
            Errors = 1,
            ReleaseDigest = "sha256:1",
            Inputs = InputKeeper.Keep(Subject(line)),
            Step = new() { Mutates = true, Files = ["a.txt"], Taint = ["read_external"], StartsSubtask = true },
            Outcome = DecisionOutcome.Released,
            OutcomeAt = at,
        };
        return change?.Invoke(decision) ?? decision;
    }

    private static PolicySubject Subject(string line)
    {
        var facts = new FactValues();
        facts.Set(Fact.CallTool, "bash");
        facts.Set(Fact.CallText, line);
        facts.Set(Fact.TaskSpend, 0.25);
        facts.Set(Fact.TaskTaint, ["read_secret"]);
        return new(facts, new(ToolClass.Command) { Line = ShellReader.Read(line, ShellDialect.Posix), WorkingDirectory = "/work" }, KeyPins.Agent) { PrincipalId = "usr_1" };
    }
}
