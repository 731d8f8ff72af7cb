using System.Collections.Immutable;

namespace Paddock.Core.Audit;

/// <summary>Compares what must agree although it is written in different places.</summary>
public interface IReconciliation
{
    /// <summary>Looks at what was made in a span of time. The last minute is better left out: some of it is still on its way.</summary>
    Task<ImmutableArray<ReconciledPair>> RunAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken);
}

/// <summary>Two accounts of the same things.</summary>
/// <param name="Name">What is compared, such as <c>decisions = intents</c>.</param>
/// <param name="Compared">How many things were looked at.</param>
/// <param name="Differing">How many of them differ; 0 = the accounts agree.</param>
/// <param name="Examples">Some that differ, with what each side says.</param>
public sealed record ReconciledPair(string Name, long Compared, long Differing, ImmutableArray<string> Examples);
