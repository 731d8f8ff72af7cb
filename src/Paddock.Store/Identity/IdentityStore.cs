using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;
using Paddock.Store.Policies;

namespace Paddock.Store.Identity;

/// <summary>Principals, teams and keys as rows.</summary>
internal sealed class IdentityStore(RecordedDatabase database, DecisionQueue decisions, IdentitySignal signal, TimeProvider time) : IIdentityStore
{
    private const string InsertKey =
        """
        INSERT INTO api_keys (id, prefix, name, owner_id, hash, models, model_patterns, tools, control, pinned_agent, pinned_mode,
          pinned_repository, environment, created_at, expires_at, revoked_at, replaces, last_used_at, client)
        VALUES (@Id, @Prefix, @Name, @OwnerId, @Hash, @Models, @ModelPatterns, @Tools, @Control, @PinnedAgent, @PinnedMode,
          @PinnedRepository, @Environment, @CreatedAt, @ExpiresAt, @RevokedAt, @Replaces, @LastUsedAt, @Client)
        """;

    /// <summary>How long the row of a session stays after its end.</summary>
    private static readonly TimeSpan keepEnded = TimeSpan.FromDays(30);

    /// <summary>Sessions of one person that live. With another the oldest ends: who signs in again and again, by a program that forgets, is not kept out.</summary>
    internal const int MostSessions = 100;

    /// <summary>By the store's own clock.</summary>
    internal DateTimeOffset Now => time.GetUtcNow();

    public Task<IdentityDirectory> LoadAsync(CancellationToken cancellationToken) => database.ReadAsync(session => DirectoryReader.ReadAsync(session, time.GetUtcNow()), cancellationToken);

    /// <summary>What has changed since, as far as the store can tell; otherwise the whole.</summary>
    public Task<IdentityDirectory> LoadAsync(IdentityDirectory known, CancellationToken cancellationToken) =>
        database.ReadAsync(session => DirectoryReader.ReadAsync(session, known, time.GetUtcNow()), cancellationToken);

    /// <summary>The version alone, for those who look whether they must load again, and its mark.</summary>
    public Task<(long Version, string? Mark)> VersionAsync(CancellationToken cancellationToken) => database.ReadAsync(DirectoryReader.VersionAsync, cancellationToken);

    public Task<bool> AddPrincipalAsync(Principal principal, AuditActor by, CancellationToken cancellationToken) => ChangeAsync(
        principal.Id,
        async session =>
        {
            var added = await session.ExecuteAsync(
                """
                INSERT INTO principals (id, kind, name, name_key, control, disabled, created_at)
                VALUES (@Id, @Kind, @Name, @NameKey, @Control, @Disabled, @CreatedAt)
                ON CONFLICT (name_key) DO NOTHING
                """,
                new
                {
                    Id = principal.Id.Value,
                    Kind = principal.Kind is PrincipalKind.User ? "user" : "service_account",
                    principal.Name,
                    NameKey = principal.Name.ToLowerInvariant(),
                    Control = RoleNames.Format(principal.Roles),
                    principal.Disabled,
                    CreatedAt = principal.CreatedAt.ToMicros(),
                });
            if (added == 0)
            {
                return Recorded.Of(false);
            }

            await JoinTeamsAsync(session, principal.Id, principal.Teams);
            return Recorded.Of(true, IdentityEntries.Created(principal, by));
        },
        cancellationToken);

    public Task<bool> UpdatePrincipalAsync(PrincipalId principal, Func<Principal, Principal> change, AuditActor by, CancellationToken cancellationToken) => ChangeAsync(
        principal,
        async session =>
        {
            var id = principal.Value;
            if ((await session.QueryAsync<PrincipalRow>("SELECT id, kind, name, control, disabled, created_at AS CreatedAt FROM principals WHERE id = @id", new { id })) is not [var row])
            {
                return Recorded.Of(false);
            }

            var before = row.ToPrincipal([.. await session.QueryAsync<string>("SELECT team FROM principal_teams WHERE principal_id = @id", new { id })]);
            var changed = change(before);
            if (IdentityEntries.Changed(before, changed, by) is not { } entry)
            {
                return Recorded.Of(true);
            }

            await session.ExecuteAsync("UPDATE principals SET disabled = @Disabled, control = @Control WHERE id = @id", new { changed.Disabled, Control = RoleNames.Format(changed.Roles), id });
            await session.ExecuteAsync("DELETE FROM principal_teams WHERE principal_id = @id", new { id });
            await JoinTeamsAsync(session, principal, changed.Teams);
            if ((changed.Roles & ~before.Roles) != ControlRoles.None)
            {
                await Tickets.WithdrawInvitationsAsync(session, principal);
            }

            return changed.Disabled && !before.Disabled ? Recorded.Of(true, [entry, .. await EndSessionsAsync(session, principal, Now, by)]) : Recorded.Of(true, entry);
        },
        cancellationToken);

    public Task AddKeyAsync(ApiKey key, AuditActor by, CancellationToken cancellationToken) => ChangeAsync(key.Owner, session => AddAsync(session, key, by), cancellationToken);

    public Task<bool> AddOwnKeyAsync(ApiKey key, int most, AuditActor by, CancellationToken cancellationToken) => ChangeAsync(
        key.Owner, async session => await LiveKeysAsync(session, key) < most ? await AddAsync(session, key, by) : Recorded.Of(false), cancellationToken);

    public Task<bool> RotateKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, AuditActor by, CancellationToken cancellationToken) =>
        ChangeAsync(replacement.Owner, session => RotateAsync(session, replacement, oldExpires, by), cancellationToken);

    public Task<bool> RotateOwnKeyAsync(ApiKey replacement, DateTimeOffset oldExpires, int most, AuditActor by, CancellationToken cancellationToken) => ChangeAsync(
        replacement.Owner,
        async session => await LiveKeysAsync(session, replacement) < most && await LiveKeysAsync(session, replacement, "AND replaces = @Replaces") == 0
            ? await RotateAsync(session, replacement, oldExpires, by)
            : Recorded.Of(false),
        cancellationToken);

    public Task<bool> RevokeKeyAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken) =>
        RevokeAsync("client IS NULL", id, at, IdentityEntries.Revoked(id, by), cancellationToken);

    public Task<bool> AddSessionAsync(ApiKey session, string? source, string? passwordHash, CancellationToken cancellationToken) => ChangeAsync(
        session.Owner,
        async database =>
        {
            var may = await database.ScalarAsync<long>(
                """
                SELECT count(*) FROM principals p LEFT JOIN accounts a ON a.principal_id = p.id
                WHERE p.id = @Owner AND p.disabled = @Disabled AND (@Hash IS NULL OR a.password = @Hash)
                """,
                new { Owner = session.Owner.Value, Disabled = false, Hash = passwordHash });
            if (may == 0)
            {
                return Recorded.Of(false);
            }

            await database.ExecuteAsync("DELETE FROM api_keys WHERE client IS NOT NULL AND owner_id = @Owner AND expires_at < @Before", new { Owner = session.Owner.Value, Before = (session.CreatedAt - keepEnded).ToMicros() });
            var ended = await database.QueryAsync<string>(
                """
                UPDATE api_keys SET revoked_at = @At WHERE client IS NOT NULL AND owner_id = @Owner AND revoked_at IS NULL AND expires_at > @At AND id NOT IN (
                  SELECT id FROM api_keys WHERE client IS NOT NULL AND owner_id = @Owner AND revoked_at IS NULL AND expires_at > @At ORDER BY created_at DESC, id LIMIT @Others)
                RETURNING id
                """,
                new { Owner = session.Owner.Value, At = session.CreatedAt.ToMicros(), Others = MostSessions - 1 });
            await database.ExecuteAsync(InsertKey, KeyRow.From(session));
            return Recorded.Of(true, [SessionEntries.SignedIn(session, source), .. ended.Select(id => SessionEntries.SignedOut(KeyId.Parse(id), AuditActor.Of(session.Owner.Value)))]);
        },
        cancellationToken);

    public Task<bool> EndSessionAsync(KeyId id, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken) =>
        RevokeAsync("client IS NOT NULL AND expires_at > @At", id, at, SessionEntries.SignedOut(id, by), cancellationToken);

    public async Task<int> EndSessionsAsync(PrincipalId owner, DateTimeOffset at, AuditActor by, CancellationToken cancellationToken)
    {
        var ended = 0;
        await ChangeAsync(
            owner,
            async session =>
            {
                var entries = await EndSessionsAsync(session, owner, at, by);
                ended = entries.Length;
                return Recorded.Of(true, entries);
            },
            cancellationToken);
        return ended;
    }

    public async Task<bool> EraseAsync(PrincipalId id, string pseudonym, AuditActor by, CancellationToken cancellationToken)
    {
        await decisions.FlushAsync(cancellationToken); // those that are still to be written have the name too
        return await ChangeAsync(
            id, async session => await Erasure.RunAsync(session, id, pseudonym) ? Recorded.Of(true, IdentityEntries.Erased(id, by)) : Recorded.Of(false), cancellationToken);
    }

    public Task SetLastUsedAsync(IReadOnlyDictionary<KeyId, DateTimeOffset> uses, CancellationToken cancellationToken) => FollowAsync(database.NoteAsync(
        async session =>
        {
            await DirectoryReader.StepAsync(session); // about anybody
            var changed = 0;
            foreach (var (key, at) in uses)
            {
                // Replicas write in any order; the latest use stays.
                changed += await session.ExecuteAsync(
                    "UPDATE api_keys SET last_used_at = @At WHERE id = @Value AND (last_used_at IS NULL OR last_used_at < @At)",
                    new { key.Value, At = at.ToMicros() });
            }

            return changed > 0;
        },
        cancellationToken));

    private static async Task<Recorded<bool>> AddAsync(Session session, ApiKey key, AuditActor by)
    {
        await session.ExecuteAsync(InsertKey, KeyRow.From(key));
        if (key.Scopes.Control != ControlRoles.None)
        {
            await Tickets.WithdrawInvitationsAsync(session, key.Owner);
        }

        return Recorded.Of(true, IdentityEntries.Created(key, by));
    }

    private static async Task<Recorded<bool>> RotateAsync(Session session, ApiKey replacement, DateTimeOffset oldExpires, AuditActor by)
    {
        var old = replacement.Replaces ?? throw new ArgumentException("A replacement names the key it replaces.", nameof(replacement));
        // An overlap only ever shortens the old key's life.
        var ended = await session.QueryAsync<long>(
            """
            UPDATE api_keys SET expires_at = CASE WHEN expires_at < @End THEN expires_at ELSE @End END
            WHERE id = @Old AND revoked_at IS NULL
            RETURNING expires_at
            """,
            new { Old = old.Value, End = oldExpires.ToMicros() });
        if (ended is not [var end])
        {
            return Recorded.Of(false);
        }

        await session.ExecuteAsync(InsertKey, KeyRow.From(replacement));
        return Recorded.Of(true, IdentityEntries.Rotated(replacement, old, end.ToTime(), by));
    }

    /// <summary>Keys that work when this one begins. The step's lock keeps others from adding meanwhile.</summary>
    private static Task<long> LiveKeysAsync(Session session, ApiKey beside, string condition = "") => session.ScalarAsync<long>(
        $"SELECT count(*) FROM api_keys WHERE owner_id = @Owner AND client IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @Now) {condition}",
        new { Owner = beside.Owner.Value, Now = beside.CreatedAt.ToMicros(), Replaces = beside.Replaces?.Value });

    /// <summary>Ends the sessions of somebody inside a change of theirs.</summary>
    internal static async Task<AuditEvent[]> EndSessionsAsync(Session session, PrincipalId owner, DateTimeOffset at, AuditActor by)
    {
        await Tickets.WithdrawAsync(session, owner);
        var ended = await session.QueryAsync<string>(
            "UPDATE api_keys SET revoked_at = @At WHERE owner_id = @Owner AND client IS NOT NULL AND revoked_at IS NULL AND expires_at > @At RETURNING id", new { Owner = owner.Value, At = at.ToMicros() });
        return [.. ended.Select(id => SessionEntries.SignedOut(KeyId.Parse(id), by))];
    }

    private static async Task JoinTeamsAsync(Session session, PrincipalId id, ImmutableArray<string> teams)
    {
        foreach (var team in teams.Distinct(StringComparer.Ordinal))
        {
            await session.ExecuteAsync("INSERT INTO teams (name) VALUES (@team) ON CONFLICT (name) DO NOTHING", new { team });
            await session.ExecuteAsync("INSERT INTO principal_teams (principal_id, team) VALUES (@Value, @team)", new { id.Value, team });
        }
    }

    /// <summary>A change and the version's step in one transaction.</summary>
    internal Task<bool> ChangeAsync(Func<Session, Task<Recorded<bool>>> change, CancellationToken cancellationToken) => FollowAsync(database.ChangeAsync(
        async session =>
        {
            await DirectoryReader.StepAsync(session);
            var recorded = await change(session);
            if (!recorded.Result)
            {
                await DirectoryReader.StepBackAsync(session);
            }

            return recorded;
        },
        cancellationToken));

    /// <summary>A change that is about one principal.</summary>
    internal Task<bool> ChangeAsync(PrincipalId principal, Func<Session, Task<Recorded<bool>>> change, CancellationToken cancellationToken) => ChangeAsync(
        async session =>
        {
            await DirectoryReader.NameAsync(session, principal);
            return await change(session);
        },
        cancellationToken);

    /// <summary>Revokes a key or a session of somebody, whoever it is.</summary>
    private Task<bool> RevokeAsync(string condition, KeyId id, DateTimeOffset at, AuditEvent entry, CancellationToken cancellationToken) => ChangeAsync(
        async session =>
        {
            var owners = await session.QueryAsync<string>($"UPDATE api_keys SET revoked_at = @At WHERE id = @Value AND revoked_at IS NULL AND {condition} RETURNING owner_id", new { id.Value, At = at.ToMicros() });
            if (owners is not [var owner])
            {
                return Recorded.Of(false);
            }

            await DirectoryReader.NameAsync(session, PrincipalId.Parse(owner));
            return Recorded.Of(true, entry);
        },
        cancellationToken);

    private async Task<bool> FollowAsync(Task<bool> change)
    {
        var changed = await change;
        if (changed)
        {
            // The change is made, whatever becomes of the one who asked for it.
            await signal.RaiseAsync(CancellationToken.None);
        }

        return changed;
    }
}
