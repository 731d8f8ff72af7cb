namespace Paddock.Store.Identity;

/// <summary>Says inside this process that principals or keys have changed, so that the live directory is fresh before the change is acknowledged.</summary>
internal sealed class IdentitySignal
{
    private Func<CancellationToken, Task> reload = _ => Task.CompletedTask;

    /// <summary>Who reloads; one.</summary>
    public void Subscribe(Func<CancellationToken, Task> reload) => this.reload = reload;

    public Task RaiseAsync(CancellationToken cancellationToken) => reload(cancellationToken);
}
