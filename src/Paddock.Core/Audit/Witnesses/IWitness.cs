using Paddock.Core.Audit.Tiles;

namespace Paddock.Core.Audit.Witnesses;

/// <summary>A witness as a log reaches it.</summary>
public interface IWitness
{
    /// <summary>What its cosignatures are checked with.</summary>
    VerifierKey Key { get; }

    /// <summary>What may be shown of where it is.</summary>
    string Host { get; }

    /// <summary>Hands over a checkpoint. Nothing that comes back is believed yet.</summary>
    Task<WitnessReply> AddAsync(AddCheckpoint request, CancellationToken cancellationToken);
}

/// <summary>What a witness said.</summary>
public abstract record WitnessReply
{
    private WitnessReply()
    {
    }

    /// <param name="Lines">Signature lines of a note.</param>
    public sealed record Signed(string Lines) : WitnessReply;

    /// <summary>It has seen another size than the request said.</summary>
    public sealed record Knows(long Size) : WitnessReply;

    /// <summary>By what it has seen, the log did not grow but is another.</summary>
    public sealed record Contradicts(string Reason) : WitnessReply;

    /// <summary>It does not know the log, or not its key, or does not understand.</summary>
    public sealed record Refused(string Reason) : WitnessReply;

    /// <summary>It did not answer, or not now.</summary>
    public sealed record Away(string Reason) : WitnessReply;
}

/// <summary>How it stands with one witness.</summary>
/// <param name="Name">Of its key.</param>
/// <param name="Size">Entries of the newest shard that it has signed for; 0 = none.</param>
/// <param name="SignedAt">When it last signed; null = never.</param>
/// <param name="Problem">What is wrong; null when nothing is, or nothing was tried yet.</param>
public sealed record WitnessStatus(string Name, string Host, long Size, DateTimeOffset? SignedAt, string? Problem);

/// <summary>Where it is read how it stands with the witnesses, as this process sees it.</summary>
public interface IWitnessBoard
{
    IReadOnlyList<WitnessStatus> Witnesses { get; }
}
