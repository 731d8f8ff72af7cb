namespace Paddock.Core.Containments;

/// <summary>The model calls that run in this process, for whoever asks what a containment hits.</summary>
public interface IRunningCalls
{
    /// <summary>How many of them the selector fits; of tools nothing is asked.</summary>
    int Count(ContainmentSelector selector);
}
