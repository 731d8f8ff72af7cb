namespace Paddock.Testing;

/// <summary>How many samples a property is tried with: few in CI, many in <c>./build soak</c>.</summary>
public static class Samples
{
    private static readonly long Factor = long.TryParse(Environment.GetEnvironmentVariable("PADDOCK_SAMPLES"), out var factor) ? factor : 1;

    /// <param name="count">In CI.</param>
    public static long Of(int count) => count * Factor;
}
