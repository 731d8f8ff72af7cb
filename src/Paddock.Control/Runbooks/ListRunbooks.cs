using Paddock.Core.Identity;

namespace Paddock.Control.Runbooks;

/// <summary>Lists the runbooks in force with their badges and last drills.</summary>
public sealed class ListRunbooks
{
    private readonly RunbookBook book;

    internal ListRunbooks(RunbookBook book) => this.book = book;

    public async Task<Outcome<RunbookList>> RunAsync(Actor actor, CancellationToken cancellationToken) => actor.May(ControlRoles.Viewer)
        ? new Outcome<RunbookList>.Done(new([.. (await book.AllAsync(cancellationToken)).Select(static one => RunbookView.Of(one.Runbook, one.Badge, one.Last))]))
        : new Outcome<RunbookList>.Forbidden(ControlRoles.Viewer);
}
