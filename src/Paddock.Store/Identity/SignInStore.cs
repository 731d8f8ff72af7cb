using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Identity;

/// <summary>Local accounts, external ids and tickets as rows.</summary>
internal sealed class SignInStore(RecordedDatabase database, IdentityStore identities) : ISignInStore
{
    private const string Account = "principal_id AS PrincipalId, password, failures, locked_until AS LockedUntil";
    private const string Ticket = "hash, kind, principal_id AS PrincipalId, code, client, denied, polled_at AS PolledAt, expires_at AS ExpiresAt";

    public Task<LocalAccount?> FindAccountAsync(PrincipalId id, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<AccountRow>($"SELECT {Account} FROM accounts WHERE principal_id = @Value", new { id.Value })) is [var row] ? row.ToAccount() : null, cancellationToken);

    public async Task<PrincipalId?> SetPasswordAsync(KeyHash ticket, string passwordHash, DateTimeOffset at, CancellationToken cancellationToken)
    {
        PrincipalId? whose = null;
        await identities.ChangeAsync(
            async session =>
            {
                whose = (await TakeAsync(session, ticket, TicketKind.Invitation, at))?.Principal;
                if (whose is not { } id || await session.ScalarAsync<long>("SELECT count(*) FROM principals WHERE id = @Value AND disabled = @Disabled", new { id.Value, Disabled = false }) == 0)
                {
                    whose = null;
                    return Recorded.Of(false);
                }

                await DirectoryReader.NameAsync(session, id);
                await session.ExecuteAsync(
                    """
                    INSERT INTO accounts (principal_id, password, failures, locked_until, changed_at) VALUES (@Value, @passwordHash, 0, NULL, @At)
                    ON CONFLICT (principal_id) DO UPDATE SET password = excluded.password, failures = 0, locked_until = NULL, changed_at = excluded.changed_at
                    """,
                    new { id.Value, passwordHash, At = at.ToMicros() });
                var ended = await IdentityStore.EndSessionsAsync(session, id, at, AuditActor.Of(id.Value));
                return Recorded.Of(true, [IdentityEntries.PasswordSet(id), .. ended]);
            },
            cancellationToken);
        return whose;
    }

    public Task<LocalAccount?> NoteAttemptAsync(PrincipalId id, int lockFrom, DateTimeOffset lockUntil, DateTimeOffset now, CancellationToken cancellationToken) => database.NoteAsync(
        async session => (await session.QueryAsync<AccountRow>(
            $"""
            UPDATE accounts SET failures = failures + 1, locked_until = CASE WHEN failures + 1 >= @lockFrom THEN @Until ELSE NULL END
            WHERE principal_id = @Value AND (locked_until IS NULL OR locked_until <= @Now) RETURNING {Account}
            """,
            new { id.Value, lockFrom, Until = lockUntil.ToMicros(), Now = now.ToMicros() })) is [var row] ? row.ToAccount() : null,
        cancellationToken);

    public Task NoteLockedAsync(PrincipalId id, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.ChangeAsync(_ => Task.FromResult(Recorded.Of(true, IdentityEntries.Locked(id, until))), cancellationToken);

    public Task NoteSuccessAsync(LocalAccount account, string? passwordHash, CancellationToken cancellationToken) => database.NoteAsync(
        session => session.ExecuteAsync(
            "UPDATE accounts SET failures = 0, locked_until = NULL, password = coalesce(@Better, password) WHERE principal_id = @Id AND password = @Checked",
            new { Id = account.Principal.Value, Better = passwordHash, Checked = account.PasswordHash }),
        cancellationToken);

    public Task<PrincipalId?> FindExternalAsync(ExternalId external, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<string>("SELECT principal_id FROM external_ids WHERE issuer = @Issuer AND subject = @Subject", external)) is [var id] ? PrincipalId.Parse(id) : (PrincipalId?)null,
        cancellationToken);

    public Task<bool> LinkAsync(PrincipalId id, ExternalId external, AuditActor by, CancellationToken cancellationToken) => identities.ChangeAsync(
        id,
        async session => await session.ExecuteAsync(
            "INSERT INTO external_ids (issuer, subject, principal_id, linked_at) VALUES (@Issuer, @Subject, @Value, @At) ON CONFLICT DO NOTHING",
            new { external.Issuer, external.Subject, id.Value, At = identities.Now.ToMicros() }) == 1
            ? Recorded.Of(true, IdentityEntries.Linked(id, external, by))
            : Recorded.Of(false),
        cancellationToken);

    public Task<bool> AddTicketAsync(SignInTicket ticket, DateTimeOffset now, CancellationToken cancellationToken) => database.NoteAsync(
        async session =>
        {
            await session.ExecuteAsync("DELETE FROM sign_in_tickets WHERE expires_at <= @Now", new { Now = now.ToMicros() });
            if (ticket is { Kind: TicketKind.Invitation, Principal: { } invited })
            {
                await Tickets.WithdrawInvitationsAsync(session, invited);
            }

            return await session.ExecuteAsync(
                """
                INSERT INTO sign_in_tickets (hash, kind, principal_id, code, client, denied, polled_at, expires_at)
                VALUES (@Hash, @Kind, @PrincipalId, @Code, @Client, @Denied, @PolledAt, @ExpiresAt) ON CONFLICT DO NOTHING
                """,
                TicketRow.From(ticket)) == 1;
        },
        cancellationToken);

    public Task<bool> IsGoodAsync(KeyHash hash, TicketKind kind, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.ScalarAsync<long>(
            "SELECT count(*) FROM sign_in_tickets WHERE hash = @Hash AND kind = @Kind AND used_at IS NULL AND expires_at > @Now",
            new { Hash = hash.ToArray(), Kind = TicketRow.NameOf(kind), Now = now.ToMicros() }) == 1,
        cancellationToken);

    public Task<SignInTicket?> TakeTicketAsync(KeyHash hash, TicketKind kind, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.NoteAsync(session => TakeAsync(session, hash, kind, now), cancellationToken);

    public Task<SignInTicket?> FindDeviceAsync(string code, DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async session => (await session.QueryAsync<TicketRow>(
            $"SELECT {Ticket} FROM sign_in_tickets WHERE kind = 'device' AND code = @code AND principal_id IS NULL AND denied = @Denied AND expires_at > @Now", new { code, Denied = false, Now = now.ToMicros() })) is [var row]
            ? row.ToTicket(TicketKind.Device)
            : null,
        cancellationToken);

    public Task<bool> AnswerDeviceAsync(string code, PrincipalId by, bool yes, DateTimeOffset now, CancellationToken cancellationToken) => database.NoteAsync(
        async session => await session.ExecuteAsync(
            "UPDATE sign_in_tickets SET principal_id = @By, denied = @Denied WHERE kind = 'device' AND code = @code AND principal_id IS NULL AND expires_at > @Now",
            new { code, By = by.Value, Denied = !yes, Now = now.ToMicros() }) == 1,
        cancellationToken);

    public Task<DeviceAnswer> PollDeviceAsync(KeyHash hash, DateTimeOffset now, TimeSpan interval, CancellationToken cancellationToken) => database.NoteAsync<DeviceAnswer>(
        async session =>
        {
            var rows = await session.QueryAsync<TicketRow>($"SELECT {Ticket} FROM sign_in_tickets WHERE hash = @Hash AND kind = 'device' AND used_at IS NULL AND expires_at > @Now", new { Hash = hash.ToArray(), Now = now.ToMicros() });
            if (rows is not [var row])
            {
                return new DeviceAnswer.Expired();
            }

            await session.ExecuteAsync("UPDATE sign_in_tickets SET polled_at = @Now WHERE hash = @Hash", new { row.Hash, Now = now.ToMicros() });
            return row switch
            {
                { Denied: true } => new DeviceAnswer.Denied(),
                _ when row.PolledAt is { } last && now - last.ToTime() < interval => new DeviceAnswer.TooSoon(),
                { PrincipalId: null } => new DeviceAnswer.Pending(),
                _ when await TakeAsync(session, hash, TicketKind.Device, now) is { Principal: { } to } => new DeviceAnswer.Granted(to, row.Client),
                _ => new DeviceAnswer.Expired(),
            };
        },
        cancellationToken);

    /// <summary>Of two who come at once, one gets it. The row stays until it expires, so that its code is not used again.</summary>
    private static async Task<SignInTicket?> TakeAsync(Session session, KeyHash hash, TicketKind kind, DateTimeOffset now) =>
        (await session.QueryAsync<TicketRow>(
            $"UPDATE sign_in_tickets SET used_at = @Now WHERE hash = @Hash AND kind = @Kind AND used_at IS NULL AND expires_at > @Now RETURNING {Ticket}",
            new { Hash = hash.ToArray(), Kind = TicketRow.NameOf(kind), Now = now.ToMicros() })) is [var row] ? row.ToTicket(kind) : null;
}
