using Microsoft.Extensions.Logging;
using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <param name="Reason">One line of up to 500 characters; the log has it as a commitment.</param>
public sealed record ShredInput(string Reason);

/// <summary>Destroys a data key: what it seals, here and in every copy of the database, can never be read again.</summary>
public sealed class ShredKey(IPayloads payloads, IKeyStore keys, ILogger<ShredKey> logger)
{
    public async Task<Outcome<ShreddingView>> RunAsync(Actor actor, string id, ShredInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Retention))
        {
            return new Outcome<ShreddingView>.Forbidden(ControlRoles.Retention);
        }

        if (!PayloadWords.IsReason(input.Reason))
        {
            return new Outcome<ShreddingView>.Invalid("reason", PayloadWords.ReasonRule);
        }

        // What is mistyped must not be recorded as destroyed.
        if (!DataKeyId.TryParse(id, out var key) || await keys.FindAsync(key, cancellationToken) is KeyLookup.Missing)
        {
            return new Outcome<ShreddingView>.NotFound("This server has no such data key. Where servers have their keys apart, ask the one that has it.");
        }

        var done = await payloads.ShredAsync(key, actor.Audited, input.Reason, cancellationToken);
        if (done is Shredding.Held)
        {
            return new Outcome<ShreddingView>.Conflict("A legal hold stands on something that this key seals; nothing was done.");
        }

        Log.KeyShredded(logger, actor.Id, key.Value);
        return new Outcome<ShreddingView>.Done(new(key.Value, done switch { Shredding.Done => "done", Shredding.Pending => "pending", _ => "done_before" }));
    }
}
