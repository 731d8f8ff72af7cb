namespace Paddock.Core.Containments;

/// <summary>The live set of containments. A change made anywhere shows here in under a second; while the database is away the last known set holds.</summary>
public interface IContainments
{
    ContainmentSet Current { get; }

    /// <summary>Calls back after each change, on a pool thread. Dispose the result to stop.</summary>
    IDisposable OnChange(Action<ContainmentSet> changed);
}
