using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Takes a release into the store and, when asked, puts it in force.</summary>
public sealed class ImportRelease(ReleaseBook book)
{
    public async Task<Outcome<ReleaseView>> RunAsync(Actor actor, ReleaseInput input, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Policy))
        {
            return new Outcome<ReleaseView>.Forbidden(ControlRoles.Policy);
        }

        if (input.Activate)
        {
            return ActivateRelease.Ruled(book) ?? ActivateRelease.Told(await book.PublishAsync(input.Sources, actor, cancellationToken));
        }

        return await book.ImportAsync(input.Sources, actor, cancellationToken) switch
        {
            LoadOutcome.Loaded { Content: var content } => new Outcome<ReleaseView>.Done(ReleaseView.Of(content, content.Digest == book.Current?.Digest)),
            LoadOutcome.Rejected rejected => new Outcome<ReleaseView>.Faulty(rejected.Faults),
            _ => throw new InvalidOperationException("A load has two outcomes."),
        };
    }
}
