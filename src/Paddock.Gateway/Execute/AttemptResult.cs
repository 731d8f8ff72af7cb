namespace Paddock.Gateway.Execute;

/// <summary>What became of one try.</summary>
internal abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    /// <summary>The answer, good or bad, is with the client.</summary>
    public sealed record Served : AttemptResult
    {
        public static readonly Served Instance = new();
    }

    /// <summary>Nothing was sent to the client; another try may help.</summary>
    /// <param name="ErrorClass">As in the ledger.</param>
    /// <param name="RetryAfter">What the provider asked for.</param>
    public sealed record Failed(string ErrorClass, int Status, TimeSpan? RetryAfter) : AttemptResult;

    /// <summary>The provider does not take this credential; the next one may do.</summary>
    public sealed record Unauthorized : AttemptResult
    {
        public static readonly Unauthorized Instance = new();
    }
}
