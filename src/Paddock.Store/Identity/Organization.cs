using Paddock.Core.Identity;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>The installation's id, read once from the audit log's first origin, <c>NAME/audit/org_…</c>.</summary>
internal sealed class Organization(IDatabase database, StoreOptions options) : IOrganization
{
    private string? id;

    public string Name => options.OrganizationName;

    public async ValueTask<string?> IdAsync(CancellationToken cancellationToken)
    {
        if (id is null)
        {
            var origin = await database.ReadAsync(session => session.ScalarAsync<string>("SELECT origin FROM audit_shards ORDER BY number LIMIT 1"), cancellationToken);
            id = origin?.Split('/').FirstOrDefault(part => part.StartsWith("org_", StringComparison.Ordinal));
        }

        return id;
    }
}
