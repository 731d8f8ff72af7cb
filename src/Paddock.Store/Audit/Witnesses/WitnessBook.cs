using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Tiles;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>
/// A witness (c2sp.org/tlog-witness): signs that it saw a log grow to a checkpoint, and never two checkpoints of which one did not grow
/// from the other. What it has seen is on the disk before it answers; of each log it looks at one request at a time.
/// </summary>
public sealed class WitnessBook : IDisposable
{
    private readonly ConcurrentDictionary<string, Lock> gates = new(StringComparer.Ordinal);
    private readonly Ed25519Verifier verifier = new();
    private readonly FileStream owned;
    private readonly WitnessKey key;
    private readonly WitnessedLogs logs;
    private readonly WitnessState state;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    private WitnessBook(FileStream owned, WitnessKey key, WitnessedLogs logs, WitnessState state, TimeProvider time, ILogger logger) =>
        (this.owned, this.key, this.logs, this.state, this.time, this.logger) = (owned, key, logs, state, time, logger);

    /// <summary>What its signatures are checked with.</summary>
    public VerifierKey Key => key.Verifier;

    /// <param name="directory">Where its key and what it has seen lie; made when missing (0700). One witness at a time has it.</param>
    /// <param name="name">Of its key.</param>
    /// <param name="known">Keys of the logs that it signs for.</param>
    /// <param name="file">More of them, a line each; read again when it changes. Null = none.</param>
    /// <exception cref="IOException">Another witness has the directory, or it cannot be written.</exception>
    /// <exception cref="InvalidDataException">The directory holds something else.</exception>
    public static WitnessBook Open(string directory, string name, IReadOnlyList<VerifierKey> known, string? file, TimeProvider time, ILogger<WitnessBook> logger)
    {
        DurableFile.CreateDirectory(directory);
        var lockFile = new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var book = new WitnessBook(lockFile, WitnessKey.Open(directory, name), new(known, file), new(directory), time, logger);
            book.logs.KeysOf(""); // a file that holds no keys shows now
            return book;
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    /// <summary>Answers a request to add a checkpoint.</summary>
    /// <exception cref="InvalidDataException">What was seen is not known any more: nothing is signed.</exception>
    /// <exception cref="IOException">What is seen now cannot be written: nothing is signed.</exception>
    public WitnessAnswer Add(string body)
    {
        if (AddCheckpoint.Parse(body) is not { } request || SignedNote.Parse(request.Note) is not { } note || LogCheckpoint.Parse(note.Text) is not { } checkpoint)
        {
            return WitnessAnswer.Malformed("That is no request to add a checkpoint (c2sp.org/tlog-witness).");
        }

        var keys = logs.KeysOf(checkpoint.Origin);
        if (keys.Count == 0)
        {
            return WitnessAnswer.UnknownLog;
        }

        if (!keys.Exists(trusted => note.IsSignedBy(trusted, verifier)))
        {
            return WitnessAnswer.NotSigned;
        }

        if (request.OldSize > checkpoint.Size)
        {
            return WitnessAnswer.Malformed("The old size is beyond the checkpoint's.");
        }

        lock (gates.GetOrAdd(checkpoint.Origin, static _ => new()))
        {
            return Judge(request, note, checkpoint);
        }
    }

    public void Dispose()
    {
        key.Dispose();
        owned.Dispose();
    }

    private WitnessAnswer Judge(AddCheckpoint request, SignedNote note, LogCheckpoint checkpoint)
    {
        var last = state.Read(checkpoint.Origin) ?? new(checkpoint.Origin, 0, TreeHash.OfNothing);
        if (request.OldSize != last.Size)
        {
            return WitnessAnswer.Conflict(last.Size);
        }

        if (checkpoint.Size == last.Size && checkpoint.Root != last.Root)
        {
            return Contradict(checkpoint, last, request, WitnessAnswer.Conflict(last.Size));
        }

        if (!TreeProof.Grew(last.Size, last.Root, checkpoint.Size, checkpoint.Root, request.Proof))
        {
            return Contradict(checkpoint, last, request, WitnessAnswer.Proofless);
        }

        state.Write(checkpoint.Origin, request.Note);
        return new(200, key.Cosign(note.Text, time.GetUtcNow()) + "\n");
    }

    /// <summary>A bad proof may be a fault of whoever sent it; that both are signed and do not go together is for people to look at.</summary>
    private WitnessAnswer Contradict(LogCheckpoint checkpoint, LogCheckpoint last, AddCheckpoint request, WitnessAnswer answer)
    {
        Log.Contradicted(logger, checkpoint.Origin, checkpoint.Size, checkpoint.Root, last.Size, last.Root);
        state.KeepConflict(checkpoint, request.Note);
        return answer;
    }
}
