namespace Paddock.EndToEnd.Tests.Hosting;

/// <summary>Waits for what another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan period = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <param name="otherwise">What to say when it never came true.</param>
    /// <param name="within">Half a minute unless said otherwise.</param>
    public static async Task IsAsync(Func<Task<bool>> condition, Func<string> otherwise, CancellationToken cancellationToken, TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(within ?? patience);
        using var timer = new PeriodicTimer(period);
        try
        {
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException never) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(otherwise(), never);
        }
    }
}
