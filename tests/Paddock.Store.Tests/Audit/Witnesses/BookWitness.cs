using Paddock.Core.Audit.Tiles;
using Paddock.Core.Audit.Witnesses;
using Paddock.Store.Audit.Witnesses;

namespace Paddock.Store.Tests.Audit.Witnesses;

/// <summary>A witness without a network between it and the log.</summary>
internal sealed class BookWitness(VerifierKey log) : IWitness
{
    public required WitnessBook Book { get; set; }

    public VerifierKey Log => log;

    /// <summary>Said instead of what the witness would say.</summary>
    public WitnessReply? Answer { get; set; }

    public int Asked { get; private set; }

    /// <summary>What happens once, while the next request is on its way.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public VerifierKey Key => Book.Key;

    public string Host => "witness.example";

    public async Task<WitnessReply> AddAsync(AddCheckpoint request, CancellationToken cancellationToken)
    {
        Asked++;
        var before = BeforeAnswer;
        BeforeAnswer = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        var said = Book.Add(request.ToString());
        return Answer ?? said.Status switch
        {
            200 => new WitnessReply.Signed(said.Body),
            409 => new WitnessReply.Knows(long.Parse(said.Body)),
            422 => new WitnessReply.Contradicts("what it has seen is not the beginning of this log"),
            _ => new WitnessReply.Refused($"{said.Status}"),
        };
    }
}
