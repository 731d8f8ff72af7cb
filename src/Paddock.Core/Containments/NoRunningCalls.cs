namespace Paddock.Core.Containments;

/// <summary>Where no model calls run.</summary>
public sealed class NoRunningCalls : IRunningCalls
{
    public int Count(ContainmentSelector selector) => 0;
}
