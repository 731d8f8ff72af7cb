using System.Collections.Immutable;
using Paddock.Core.Approvals;
using Paddock.Core.Identity;
using Paddock.Store.Approvals;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>
/// Takes a person's name out of everything that the installation itself wrote down; what is left is an id. What people and agents wrote in
/// their own words (reasons, commands, paths, documents of a release) stays as it is.
/// </summary>
internal static class Erasure
{
    /// <summary>Every place that holds the name of a principal. The id stays in all of them.</summary>
    /// <returns>False when it is not there or not disabled, or when the pseudonym is taken.</returns>
    public static async Task<bool> RunAsync(Session session, PrincipalId id, string pseudonym)
    {
        if ((await session.QueryAsync<string>("SELECT name FROM principals WHERE id = @Value AND disabled = @Disabled", new { id.Value, Disabled = true })) is not [var name]
            || await session.ScalarAsync<long>("SELECT count(*) FROM principals WHERE name_key = @pseudonym", new { pseudonym }) > 0)
        {
            return false;
        }

        await session.ExecuteAsync("UPDATE principals SET name = @pseudonym, name_key = @pseudonym, control = '' WHERE id = @Value", new { id.Value, pseudonym });
        await session.ExecuteAsync("DELETE FROM principal_teams WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM accounts WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM personal_settings WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM agent_events WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM agent_clients WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM stale_tasks WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM external_ids WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("DELETE FROM sign_in_tickets WHERE principal_id = @Value", new { id.Value });
        await session.ExecuteAsync("UPDATE api_keys SET name = @pseudonym WHERE owner_id = @Value", new { id.Value, pseudonym });
        await session.ExecuteAsync("UPDATE approval_votes SET name = @pseudonym WHERE voter = @Value", new { id.Value, pseudonym });
        await session.ExecuteAsync(
            "UPDATE approvals SET reason = @After WHERE decided_by = @By AND reason = @Before",
            new { By = ApprovalMachine.Directory, Before = ApprovalMachine.Withdrawn(name), After = ApprovalMachine.Withdrawn(pseudonym) });
        await session.ExecuteAsync($"UPDATE decisions SET inputs = {session.Dialect.WithUserId("inputs")} WHERE principal_id = @Value", new { id.Value, pseudonym });
        await InChainsAsync(session, name, pseudonym);
        return true;
    }

    /// <summary>An approval keeps the chain it was asked under, with the people that it names.</summary>
    private static async Task InChainsAsync(Session session, string name, string pseudonym)
    {
        foreach (var row in await session.QueryAsync<DocumentRow>("SELECT id, document FROM approvals WHERE lower(document) LIKE @Pattern ESCAPE '!'", new { Pattern = $"%\"{Literal(name.ToLowerInvariant())}\"%" }))
        {
            var document = ApprovalDocument.Read(row.Document);
            var chain = document.Chain with { Steps = [.. document.Chain.Steps.Select(step => step with { AnyOf = Renamed(step.AnyOf, name, pseudonym), EscalateTo = step.EscalateTo is { } more ? Renamed(more, name, pseudonym) : null })] };
            await session.ExecuteAsync("UPDATE approvals SET document = @Document WHERE id = @Id", new { row.Id, Document = (document with { Chain = chain }).ToJson() });
        }
    }

    private static ApproverSet Renamed(ApproverSet set, string name, string pseudonym) =>
        set with { Users = [.. set.Users.Select(user => string.Equals(user, name, StringComparison.OrdinalIgnoreCase) ? pseudonym : user)] };

    private static string Literal(string text) => text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private sealed class DocumentRow
    {
        public string Id { get; init; } = "";

        public string Document { get; init; } = "";
    }
}
