using Microsoft.Extensions.DependencyInjection;
using Paddock.Core.Audit;
using Paddock.Core.Notifications;
using Paddock.Store.Audit;
using Paddock.Store.Ledger;

namespace Paddock.Store.Tests.Audit;

/// <summary>The two devices of the audit log, each of which can be told to fail.</summary>
internal sealed class FaultyDevices : IJournalFiles, INotifications, IDiskSpace
{
    private readonly JournalFiles files = new(Directory.CreateTempSubdirectory("paddock-spool-").FullName);
    private readonly Lock gate = new();
    private readonly List<Notification> told = [];

    /// <summary>The database takes no entries.</summary>
    public volatile bool DatabaseAway;

    /// <summary>The disk of the file is full.</summary>
    public volatile bool DiskFull;

    public IReadOnlyList<string> Told
    {
        get
        {
            lock (gate)
            {
                return [.. told.Select(static one => one.Event)];
            }
        }
    }

    /// <summary>The database takes entries, and its answer is lost.</summary>
    public volatile bool AnswersLost;

    public Action<IServiceCollection> On(Engine engine) => services => services
        .AddSingleton(new EntrySpool(this, 1 << 20))
        .AddSingleton<INotifications>(this)
        .AddSingleton<IDiskSpace>(this)
        .AddSingleton<IEntrySink>(provider => new Sink(this, engine is Engine.Postgres
            ? ActivatorUtilities.CreateInstance<PostgresEntrySink>(provider)
            : ActivatorUtilities.CreateInstance<SqliteEntrySink>(provider)));

    /// <summary>Room on the disk.</summary>
    public long Free { get; set; } = long.MaxValue;

    public long FreeBytes(string directory) => Free;

    public double FreePercent(string directory) => directory.EndsWith("spool", StringComparison.Ordinal) ? 50 : 4;

    public Task PostOnceAsync(Notification notification, string key, CancellationToken cancellationToken)
    {
        Post(notification);
        return Task.CompletedTask;
    }

    public void Post(Notification notification)
    {
        lock (gate)
        {
            told.Add(notification);
        }
    }

    public IReadOnlyList<long> Segments() => files.Segments();

    public IJournalFile Create(long segment) => DiskFull ? throw new IOException("No space left on device") : new File(this, files.Create(segment));

    public IJournalFile OpenRead(long segment) => files.OpenRead(segment);

    public IJournalFile OpenWrite(long segment) => new File(this, files.OpenWrite(segment));

    public void Rename(long segment, long next) => files.Rename(segment, next);

    public void Delete(long segment) => files.Delete(segment);

    public void SyncDirectory() => files.SyncDirectory();

    private sealed class Sink(FaultyDevices devices, IEntrySink sink) : IEntrySink
    {
        public bool IsShared => sink.IsShared;

        public async Task WriteAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
        {
            if (devices.DatabaseAway)
            {
                throw new InvalidOperationException("The database is away.");
            }

            await sink.WriteAsync(entries, cancellationToken);
            if (devices.AnswersLost)
            {
                throw new InvalidOperationException("The connection broke.");
            }
        }
    }

    private sealed class File(FaultyDevices devices, IJournalFile file) : IJournalFile
    {
        public long Length => file.Length;

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (devices.DiskFull)
            {
                file.Write(bytes[..(bytes.Length / 2)], offset);
                throw new IOException("No space left on device");
            }

            file.Write(bytes, offset);
        }

        public int Read(Span<byte> bytes, long offset) => file.Read(bytes, offset);

        public void Truncate(long length) => file.Truncate(length);

        public void Sync() => file.Sync();

        public void Dispose() => file.Dispose();
    }
}
