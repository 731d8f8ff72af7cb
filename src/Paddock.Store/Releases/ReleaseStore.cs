using System.Collections.Immutable;
using Paddock.Core.Audit;
using Paddock.Core.Releases;
using Paddock.Store.Audit;
using Paddock.Store.Dialects;

namespace Paddock.Store.Releases;

/// <summary>Releases by digest, and the history of which one was active.</summary>
internal sealed class ReleaseStore(RecordedDatabase database) : IReleaseStore
{
    private const string ActiveDigest = "SELECT digest FROM release_activations ORDER BY seq DESC LIMIT 1";

    public Task ImportAsync(StoredRelease release, int documents, AuditActor by, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            var added = await session.ExecuteAsync(
                """
                INSERT INTO releases (digest, imported_at, origin) VALUES (@Value, @At, @Origin)
                ON CONFLICT (digest) DO NOTHING
                """,
                new { release.Digest.Value, At = release.ImportedAt.ToMicros(), release.Origin });
            for (var i = 0; added == 1 && i < release.Files.Length; i++)
            {
                await session.ExecuteAsync(
                    "INSERT INTO release_files (digest, seq, path, text) VALUES (@Value, @i, @Path, @Text)",
                    new { release.Digest.Value, i, release.Files[i].Path, release.Files[i].Text });
            }

            return added == 1 ? Recorded.Of(true, ReleaseEntries.Imported(release, documents, by)) : Recorded.Of(false);
        },
        cancellationToken);

    public Task ActivateAsync(ReleaseDigest digest, ImmutableArray<EnforcementChange> changes, AuditActor by, DateTimeOffset at, CancellationToken cancellationToken) => database.ChangeAsync(
        async session =>
        {
            var before = await session.ScalarAsync<string>(ActiveDigest);
            var activated = await session.ExecuteAsync(
                """
                INSERT INTO release_activations (digest, activated_by, activated_at)
                SELECT digest, @By, @At FROM releases WHERE digest = @Value
                """,
                new { digest.Value, By = by.Id, At = at.ToMicros() });
            return activated == 1
                ? Recorded.Of(true, ReleaseEntries.Activated(digest, before is null ? null : ReleaseDigest.Parse(before), by), ReleaseEntries.EnforcementChanged(digest, changes, by))
                : throw new InvalidOperationException($"Release {digest} was never imported.");
        },
        cancellationToken);

    public Task<StoredRelease?> ActiveAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async session => await session.ScalarAsync<string>(ActiveDigest) is { } digest ? await LoadAsync(session, digest) : null,
        cancellationToken);

    public Task<StoredRelease?> FindAsync(ReleaseDigest digest, CancellationToken cancellationToken) => database.ReadAsync(
        session => LoadAsync(session, digest.Value), cancellationToken);

    public Task<ImmutableArray<ReleaseSummary>> ListAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var active = await session.ScalarAsync<string>(ActiveDigest);
            var rows = await session.QueryAsync<ReleaseRow>(
                """
                SELECT r.digest, r.imported_at AS ImportedAt, r.origin,
                  (SELECT count(*) FROM release_files f WHERE f.digest = r.digest) AS Files,
                  (SELECT max(a.activated_at) FROM release_activations a WHERE a.digest = r.digest) AS ActivatedAt
                FROM releases r ORDER BY r.seq DESC LIMIT @limit
                """,
                new { limit });
            return rows.Select(r => new ReleaseSummary(
                ReleaseDigest.Parse(r.Digest), (int)r.Files, r.ImportedAt.ToTime(), r.Origin, r.ActivatedAt?.ToTime(), r.Digest == active)).ToImmutableArray();
        },
        cancellationToken);

    public Task<ImmutableArray<ReleaseActivation>> ActivationsAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            var rows = await session.QueryAsync<ActivationRow>(
                """
                SELECT a.digest, a.activated_at AS At,
                  (SELECT count(*) FROM release_activations b WHERE b.digest = a.digest AND b.seq < a.seq) AS Earlier
                FROM release_activations a WHERE a.activated_at >= @From AND a.activated_at < @Until ORDER BY a.seq
                """,
                new { From = from.ToMicros(), Until = until.ToMicros() });
            return rows.Select(static row => new ReleaseActivation(ReleaseDigest.Parse(row.Digest), row.At.ToTime(), row.Earlier > 0)).ToImmutableArray();
        },
        cancellationToken);

    private static async Task<StoredRelease?> LoadAsync(Session session, string digest)
    {
        var rows = await session.QueryAsync<ReleaseRow>(
            "SELECT digest, imported_at AS ImportedAt, origin FROM releases WHERE digest = @digest", new { digest });
        if (rows is not [var row])
        {
            return null;
        }

        var files = await session.QueryAsync<FileRow>("SELECT path, text FROM release_files WHERE digest = @digest ORDER BY seq", new { digest });
        return new(ReleaseDigest.Parse(row.Digest), [.. files.Select(f => new SourceFile(f.Path, f.Text))], row.ImportedAt.ToTime(), row.Origin);
    }

    private sealed class ActivationRow
    {
        public string Digest { get; init; } = "";

        public long At { get; init; }

        public long Earlier { get; init; }
    }

    private sealed class ReleaseRow
    {
        public string Digest { get; init; } = "";

        public long ImportedAt { get; init; }

        public string Origin { get; init; } = "";

        public long Files { get; init; }

        public long? ActivatedAt { get; init; }
    }

    private sealed class FileRow
    {
        public string Path { get; init; } = "";

        public string Text { get; init; } = "";
    }
}
