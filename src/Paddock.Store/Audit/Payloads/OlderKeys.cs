using System.Collections.Immutable;
using Paddock.Core.Audit.Payloads;

namespace Paddock.Store.Audit.Payloads;

/// <summary>
/// The keys of the month before, as long as what was redacted under them must not come back: agents send what they have across the turn
/// of a month too, and content is known by a hash under the key of its month.
/// </summary>
internal sealed class OlderKeys(IKeyStore keys)
{
    private Cached cached = new("", default, []);

    /// <returns>None once the month is older than <see cref="PayloadErasing.Remembered"/>.</returns>
    public async ValueTask<ImmutableArray<DataKey>> OfAsync(string cls, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = DateOnly.FromDateTime((now - PayloadErasing.Remembered).UtcDateTime);
        if (before.Month == now.UtcDateTime.Month)
        {
            return [];
        }

        var month = new DateOnly(before.Year, before.Month, 1);
        var known = cached;
        if (known.Class != cls || known.Month != month)
        {
            cached = known = new(cls, month, await ReadAsync(cls, month, cancellationToken));
        }

        return known.Keys;
    }

    private async Task<ImmutableArray<DataKey>> ReadAsync(string cls, DateOnly month, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<DataKey>();
        foreach (var info in await keys.ListAsync(cancellationToken))
        {
            if (!info.IsDestroyed && info.Id.Class == cls && info.Id.Month == month && await keys.FindAsync(info.Id, cancellationToken) is KeyLookup.Found { Key: var key })
            {
                found.Add(key);
            }
        }

        return found.ToImmutable();
    }

    private sealed record Cached(string Class, DateOnly Month, ImmutableArray<DataKey> Keys);
}
