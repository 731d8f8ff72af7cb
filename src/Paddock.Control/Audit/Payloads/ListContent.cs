using Paddock.Core.Audit.Payloads;
using Paddock.Core.Identity;

namespace Paddock.Control.Audit.Payloads;

/// <summary>Which kept content to list.</summary>
/// <param name="Principal">Name or id.</param>
/// <param name="KeptBefore">Only what was kept before this moment.</param>
/// <param name="Before">The <c>next</c> of the page before.</param>
public sealed record ContentFilter(string? Task, string? Principal, string? Class, DateTimeOffset? KeptBefore, string? Before, int? Limit);

/// <summary>Lists what is kept, without the content, a page at a time.</summary>
public sealed class ListContent(IPayloads payloads, IIdentities identities)
{
    private const int Most = 1000;

    public async Task<Outcome<ContentList>> RunAsync(Actor actor, ContentFilter filter, CancellationToken cancellationToken)
    {
        if (!actor.May(ControlRoles.Content))
        {
            return new Outcome<ContentList>.Forbidden(ControlRoles.Content);
        }

        PayloadId before = default;
        var limit = filter.Limit ?? 100;
        if (limit is < 1 or > Most || (filter.Before is not null && !PayloadId.TryParse(filter.Before, out before)))
        {
            return new Outcome<ContentList>.Invalid("limit", $"A page has 1 to {Most} contents and begins at the 'next' of the page before.");
        }

        if (PayloadWords.Fault<ContentList>(identities.Current, filter.Task, filter.Principal, filter.Class, out var principal) is { } fault)
        {
            return fault;
        }

        var which = new PayloadSelection { Task = filter.Task, Principal = principal, Class = filter.Class, KeptBefore = filter.KeptBefore };
        var found = await payloads.ListAsync(new(which, filter.Before is null ? null : before, limit), cancellationToken);
        return new Outcome<ContentList>.Done(new([.. found.Select(ContentView.Of)], found.Length == limit ? found[^1].Id.Value : null));
    }
}
