using System.Text;
using Paddock.Core.Tools;
using Paddock.Gateway.Guard;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>Refuses a call whose arguments hold the word <see cref="Forbidden"/>, and decides some tools before they are whole.</summary>
internal sealed class WordJudge : IToolJudge
{
    public const string Forbidden = "forbidden";

    /// <summary>What stands in the place of a refused call's arguments.</summary>
    public const string Replacement = """{"command":"echo \"refused\""}""";

    /// <summary>What stands in the place of a refused call of <c>delete_it</c>, which is taken out.</summary>
    public const string Said = "[Paddock] \"no\"";

    private int asked;

    public List<string> Judged { get; } = [];

    /// <summary>What the tool <c>ask</c> waits for.</summary>
    public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Watch Watch { get; init; } = Watch.Enforce;

    /// <summary>How often it says <see cref="Watch"/> before it enforces, as when an operator contains a tool while an answer comes; null = always.</summary>
    public int? EnforcesAfter { get; init; }

    public Watch WatchFor(Exchange exchange) => EnforcesAfter is { } times && Interlocked.Increment(ref asked) > times ? Watch.Enforce : Watch;

    public string ToolOf(Exchange exchange, GuardedCall call) => call.Name;

    public ToolShape ShapeOf(Exchange exchange, GuardedCall call) => ToolShape.Unknown;

    public Certainty IsAllowedAlready(Exchange exchange, GuardedCall call) => call.Name switch
    {
        "think" => Certainty.Whatever,
        "edit" when call.Arguments.TryGet("path", out var path) && Encoding.UTF8.GetString(path.Of(call.Arguments.Bytes)) == "\"ok\"" => Certainty.BySeen,
        _ => Certainty.None,
    };

    public bool IsStopped(Exchange exchange, GuardedCall call) => false;

    public ToolDecision Judge(Exchange exchange, GuardedCall call)
    {
        lock (Judged)
        {
            Judged.Add($"{call.Name} {call.Arguments}");
        }

        if (call.Name == "ask")
        {
            return new ToolDecision.Waits(new(WaitAsync(call)));
        }

        return Watch is Watch.Enforce && call.Arguments.ToString().Contains(Forbidden, StringComparison.Ordinal) ? Refuse(call) : ToolDecision.Allowed.Instance;
    }

    public ToolDecision Note(Exchange exchange, GuardedCall call)
    {
        lock (Judged)
        {
            Judged.Add($"{call.Name} {call.Arguments}");
        }

        return ToolDecision.Allowed.Instance;
    }

    public ToolDecision NotEvaluated(Exchange exchange, GuardedCall call, string because) => Watch is Watch.Enforce ? Refuse(call) : ToolDecision.Allowed.Instance;

    private async Task<ToolDecision> WaitAsync(GuardedCall call) => await Answer.Task ? ToolDecision.Allowed.Instance : Refuse(call);

    private static ToolDecision Refuse(GuardedCall call) =>
        call.Name == "delete_it" ? new ToolDecision.TakenOut(Said) : new ToolDecision.Refused(Encoding.UTF8.GetBytes(Replacement));
}
