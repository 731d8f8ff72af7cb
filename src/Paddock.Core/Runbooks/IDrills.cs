namespace Paddock.Core.Runbooks;

/// <summary>Rehearses runbooks in an installation of their own, apart from this one.</summary>
public interface IDrills
{
    /// <summary>Of this Paddock: what a drill was run with.</summary>
    string Version { get; }

    /// <param name="tell">Hears in a line each how it goes.</param>
    Task<DrillResult> RunAsync(Runbook runbook, Action<string> tell, CancellationToken cancellationToken);
}
