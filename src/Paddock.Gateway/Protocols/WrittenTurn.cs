using Paddock.Core.Models;

namespace Paddock.Gateway.Protocols;

/// <summary>An assistant turn that Paddock writes itself.</summary>
/// <param name="CreatedUnix">Seconds.</param>
internal readonly record struct WrittenTurn(string Id, string Model, string Text, bool Stream, long CreatedUnix)
{
    /// <summary>What the call has used all the same, when a model was asked before it was refused; what the ledger has.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Of <see cref="Usage"/>, in nano-USD.</summary>
    public long Cost { get; init; }
}
