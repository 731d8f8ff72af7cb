using Paddock.Core.Runbooks;

namespace Paddock.Control.Tests.Runbooks;

/// <summary>Drills that go on until a test ends them.</summary>
internal sealed class RehearsedDrills : IDrills
{
    private readonly TaskCompletionSource<bool> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Version => "1.0.0";

    /// <summary>The runbook whose drill has begun, and said its first line.</summary>
    public Task<string> Begun => begun.Task;

    public void Pass() => outcome.SetResult(true);

    public void Break(string why) => outcome.SetException(new InvalidOperationException(why));

    public async Task<DrillResult> RunAsync(Runbook runbook, Action<string> tell, CancellationToken cancellationToken)
    {
        tell("Something goes wrong.");
        begun.TrySetResult(runbook.Name);
        var passed = await outcome.Task.WaitAsync(cancellationToken);
        return new() { Id = RunId.OfDrill(ControlUnderTest.Noon), Runbook = runbook.Name, Digest = runbook.Digest, Version = Version, At = ControlUnderTest.Noon, Lines = [new("it works", passed, "It was seen.")] };
    }
}
