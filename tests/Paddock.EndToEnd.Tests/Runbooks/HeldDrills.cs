using Paddock.Core.Runbooks;

namespace Paddock.EndToEnd.Tests.Runbooks;

/// <summary>Drills that go on until a test ends them.</summary>
internal sealed class HeldDrills : IDrills
{
    private readonly TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Version => "1.0.0";

    public void End() => end.SetResult();

    public async Task<DrillResult> RunAsync(Runbook runbook, Action<string> tell, CancellationToken cancellationToken)
    {
        tell("Alert approvals-waiting at 09:14:10 <b>");
        await end.Task.WaitAsync(cancellationToken);
        return new()
        {
            Id = RunId.OfDrill(TimeProvider.System.GetUtcNow()),
            Runbook = runbook.Name,
            Digest = runbook.Digest,
            Version = Version,
            At = TimeProvider.System.GetUtcNow(),
            Detected = TimeSpan.FromMinutes(4),
            Lines = [new("alert within 8.0 min", true, "It took 4.0 min."), new("people_told", false, "It was not seen.")],
        };
    }
}
