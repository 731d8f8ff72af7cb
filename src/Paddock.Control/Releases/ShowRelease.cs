using Paddock.Core.Identity;
using Paddock.Core.Releases;

namespace Paddock.Control.Releases;

/// <summary>Shows a release with its files. Documents name where credentials are, never what they are.</summary>
public sealed class ShowRelease(IReleaseStore store)
{
    /// <param name="release">Its digest, the beginning of it, or <c>active</c>.</param>
    public async Task<Outcome<ReleaseView>> RunAsync(Actor actor, string release, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Viewer))
        {
            return new Outcome<ReleaseView>.Forbidden(ControlRoles.Viewer);
        }

        var active = await store.ActiveAsync(cancellationToken);
        var found = release == "active" ? active
            : await FindRelease.InAsync(store, release, cancellationToken) is { } digest ? await store.FindAsync(digest, cancellationToken)
            : null;
        if (found is null)
        {
            return new Outcome<ReleaseView>.NotFound(FindRelease.Missing);
        }

        var documents = ReleaseLoader.Load(found.Files) is LoadOutcome.Loaded { Content: var content } ? DocumentView.Of(content.Documents) : [];
        return new Outcome<ReleaseView>.Done(new(found.Digest.Value, found.Digest == active?.Digest, documents, [.. found.Files.Select(file => new FileInput(file.Path, file.Text))]));
    }
}
