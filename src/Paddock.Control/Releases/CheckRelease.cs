using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Says whether a release would be taken, and every reason why not. Changes nothing.</summary>
public sealed class CheckRelease(ReleaseBook book)
{
    public Task<Outcome<ReleaseView>> RunAsync(Actor actor, ReleaseInput input, CancellationToken _)
    {
        if (!actor.May(ControlRoles.Policy))
        {
            return Task.FromResult<Outcome<ReleaseView>>(new Outcome<ReleaseView>.Forbidden(ControlRoles.Policy));
        }

        return Task.FromResult(book.Check(input.Sources) switch
        {
            LoadOutcome.Loaded loaded => new Outcome<ReleaseView>.Done(ReleaseView.Of(loaded.Content, active: false)),
            LoadOutcome.Rejected rejected => (Outcome<ReleaseView>)new Outcome<ReleaseView>.Faulty(rejected.Faults),
            _ => throw new InvalidOperationException("A load has two outcomes."),
        });
    }
}
