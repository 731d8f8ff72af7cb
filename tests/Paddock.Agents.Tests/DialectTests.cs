using System.Text;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Agents;
using Paddock.Core.Models;
using Paddock.Core.Policies;

namespace Paddock.Agents.Tests;

/// <summary>What all dialects have in common.</summary>
public class DialectTests
{
    private static readonly IAgentDialect[] dialects = [.. new ServiceCollection().AddAgents().BuildServiceProvider().GetServices<IAgentDialect>()];

    private static readonly string[] headers =
    [
        "User-Agent", "originator", "session-id", "session_id", "x-codex-turn-metadata", "x-codex-parent-thread-id", "X-Roo-App-Version", "X-Roo-Task-ID", "X-Zoo-Task-ID", "X-Zoo-Mode",
        "x-claude-code-session-id", "x-client-type", "x-client-version", "x-task-id", "x-session-id", "x-parent-session-id", "x-kilocode-taskid", "x-kilocode-mode", "x-initiator", "x-interaction-type",
    ];

    [Fact]
    public void Every_agent_has_its_own_name_in_lower_case()
    {
        dialects.Select(d => d.Agent).Order().ShouldBe(["claude-code", "cline", "codex", "continue", "copilot", "cursor", "gemini-cli", "kilo", "opencode", "roo-code"]);
    }

    [Fact]
    public void An_unknown_client_is_nobodys_and_costs_no_memory()
    {
        var call = new UnknownCall();
        Array.ForEach(dialects, d => d.Recognizes(call).ShouldBeFalse());

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var dialect in dialects)
        {
            dialect.Recognizes(call);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Reading_never_throws_and_takes_only_names_of_reasonable_size() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.Byte.Array.Select(b => Encoding.Latin1.GetString(b))), Gen.Byte.Array).Sample((header, body) =>
        {
            var call = new NoisyCall(header, body);
            foreach (var dialect in dialects)
            {
                dialect.Recognizes(call);
                var facts = dialect.Read(call);
                string?[] said = [facts.AgentVersion, facts.NativeTask, facts.ParentTask, facts.Mode, facts.Repository, facts.Device];
                said.Where(s => s is not null).ShouldAllBe(s => s!.Length > 0 && s.Length <= 300 && !s.Any(char.IsControl));
                facts.Agent.ShouldBe(dialect.Agent);
            }
        });

    [Fact]
    public void Reading_never_throws_on_any_json() =>
        GenJson.Any.Sample(json =>
        {
            var call = new NoisyCall(json, Encoding.UTF8.GetBytes(json));
            Array.ForEach(dialects, d => d.Read(call));
        });

    [Theory]
    [MemberData(nameof(Refused.Passing), MemberType = typeof(Refused))]
    public void No_agent_is_told_to_give_up_on_what_passes_by_itself(RefusalReason reason) =>
        dialects.ShouldAllBe(d => d.Dress(new(reason, 503, "wait")).Headers.Count == 0 && d.Dress(new(reason, 503, "wait")).Status == null && !d.Dress(new(reason, 503, "wait")).AsTurn);

    [Fact]
    public void Every_agent_is_stopped_by_every_refusal_that_is_final() =>
        Enum.GetValues<RefusalReason>().Where(RefusalReasons.IsFinal).ShouldAllBe(reason => dialects.All(d => d.Dress(new(reason, 403, "no")).AsTurn || d.Dress(new(reason, 403, "no")).Headers.Count == 1));

    private sealed class UnknownCall : ICallView
    {
        public Wire Wire => Wire.OpenAiChat;

        public string Path => "/v1/chat/completions";

        public string? Header(string name) => name == "User-Agent" ? "curl/8.5.0" : null;

        public ReadOnlySpan<byte> Part(BodyPart part) => default;
    }

    /// <summary>Says the same in every header and part.</summary>
    private sealed class NoisyCall(string header, byte[] body) : ICallView
    {
        public Wire Wire => Wire.OpenAiResponses;

        public string Path => "/";

        public string? Header(string name) => headers.Contains(name, StringComparer.OrdinalIgnoreCase) ? header : null;

        public ReadOnlySpan<byte> Part(BodyPart part) => body;
    }
}
