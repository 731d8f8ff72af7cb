using Paddock.Control.Alerts;
using Paddock.Core.Ledger;
using Paddock.Core.Models;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Decisions;
using Paddock.Core.Tools;

namespace Paddock.Control.Tests.Alerts;

/// <summary>Calls and decisions as they leave rows behind, and looks at them.</summary>
internal sealed class AlertTraffic
{
    private int last;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <returns>What is open after a look.</returns>
    public static async Task<IReadOnlyList<AlertView>> LookAsync(ControlUnderTest control)
    {
        await control.Get<ILedger>().FlushAsync(Cancellation);
        await control.Get<IDecisions>().FlushAsync(Cancellation);
        await control.Get<WatchAlerts>().LookAsync(Cancellation);
        return (await control.Get<ListAlerts>().RunAsync(ControlUnderTest.Admin, new() { Open = true }, Cancellation)).ShouldBeDone().Alerts;
    }

    public static void Calls(ControlUnderTest control, int count, string? error, int status = 0, string team = "platform", DateTimeOffset? at = null, int usd = 0, string principal = "usr_1")
    {
        var (ledger, now) = (control.Get<ILedger>(), at ?? control.Time.GetUtcNow());
        for (var one = 0; one < count; one++)
        {
            var id = CallId.Create(now);
            ledger.Open(new() { Id = id, At = now, Principal = principal, Key = "key_1", Teams = [team], Agent = "codex", Wire = Wire.OpenAiChat, Path = "/v1/chat/completions", ModelAsked = "gpt-5", ReleaseDigest = "sha256:00" });
            ledger.Close(new()
            {
                Id = id,
                At = now,
                Outcome = error is null ? CallOutcome.Complete : CallOutcome.Failed,
                ErrorClass = error,
                CostNanoUsd = usd * 1_000_000_000L,
                Attempts = [new(1, "primary", "gpt-5", now, TimeSpan.FromSeconds(1), error is null ? 200 : status, error, null)],
            });
        }
    }

    public void Decisions(ControlUnderTest control, int count, ToolClass @class, DecisionOutcome outcome, ToolEnd? end = null, string principal = "usr_1", string tool = "shell")
    {
        var (decisions, now) = (control.Get<IDecisions>(), control.Time.GetUtcNow());
        for (var one = 0; one < count; one++)
        {
            var id = $"dec_{++last}";
            var effect = outcome is DecisionOutcome.Refused ? Effect.Deny : Effect.Allow;
            decisions.TryAppend(new()
            {
                Id = id,
                At = now,
                Call = CallId.Create(now),
                Principal = principal,
                Key = "key_1",
                Agent = "codex",
                Tool = tool,
                Class = @class,
                Effect = effect,
                ShadowEffect = effect,
                ReleaseDigest = "sha256:00",
                Mutating = outcome is DecisionOutcome.Refused || @class is ToolClass.Edit,
                Outcome = outcome,
                OutcomeAt = now,
            }).ShouldBeTrue();
            if (end is { } result)
            {
                decisions.NoteResult(new(id, principal, null, id, new(result), now));
            }
        }
    }
}
